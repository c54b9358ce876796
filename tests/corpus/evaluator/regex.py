import re
print(re.match("(a*)*b", "a" * 100000), re.sub("(x+x+)+y", "z", "x" * 100000))
print(re.compile("(((a{1000}){1000}){1000}){1000}"), re.findall("", "a" * 1000000))
