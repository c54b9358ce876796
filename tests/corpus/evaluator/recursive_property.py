class A:
    @property
    def x(self):
        return self.x
    def __getattribute__(self, name):
        return getattr(self, name)
print(A().x)
