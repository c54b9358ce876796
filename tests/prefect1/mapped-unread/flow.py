from prefect import Flow, Parameter, task, unmapped


@task
def users():
    return ["ann", "bob"]


@task
def mail(user, text):
    print(user, text)


with Flow("mails") as flow:
    text = Parameter("text", default="hello")
    names = users()
    mail.map(names, text=unmapped(text))
    done = mail.map(names, text=unmapped("bye"))
