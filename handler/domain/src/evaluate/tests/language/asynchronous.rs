use expect_test::expect;

use super::check;

#[test]
fn asynchronous_are_as_in_python() {
    check(
        r#"
import asyncio, anyio
async def f(x):
    await asyncio.sleep(0)
    return x + 1
async def ag():
    for i in range(3):
        yield i
class AC:
    async def __aenter__(self): return "in"
    async def __aexit__(self, *a): return False
class AI:
    def __init__(self): self.n = 0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n += 1
        if self.n > 2: raise StopAsyncIteration
        return self.n
async def main():
    r = [await f(1)]
    async for i in ag(): r.append(i)
    async with AC() as a: r.append(a)
    r.append([i async for i in ag()])
    r.append(await asyncio.gather(f(1), f(2)))
    async for i in AI(): r.append(i)
    t = asyncio.create_task(f(5))
    r.append(await t)
    r.append(await asyncio.wait_for(f(7), timeout=1))
    r.append(await asyncio.to_thread(lambda x: x, 3))
    async with asyncio.TaskGroup() as tg:
        t1 = tg.create_task(f(10))
    r.append(t1.result())
    return r
out2 = anyio.run(f, 4)
loop = asyncio.new_event_loop()
out3 = loop.run_until_complete(f(2))
"#,
        expect![[r#"
            5
            3
        "#]],
    );
}
