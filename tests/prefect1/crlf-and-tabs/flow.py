
from prefect import Flow, Parameter, task

@task(log_stdout=True)
def shout(word):
	return word.upper()

with Flow("shout") as flow:
	word = Parameter("word", default="hé")  # ünicode
	shout(word)

if __name__ == "__main__":
	flow.run()
