a = -9223372036854775807 - 1
print(a // -1)
print(a % -1)
print(-a, abs(a), a * -1, a - 1, a + a, divmod(a, -1), round(a, -5), range(a, -a, a), [1][a:], "abc"[a:9223372036854775807:a])
