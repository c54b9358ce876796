class A:
    def __iter__(self):
        return self
    def __next__(self):
        return self
    def __getattr__(self, name):
        return getattr(self, name + "a")
for i in A():
    i.x
