from prefect import flow
from pydantic import BaseModel
class C0(BaseModel):
    x: int
class D0(BaseModel):
    x: int
class C1(C0, D0):
    pass
class D1(C0, D0):
    pass
class C2(C1, D1):
    pass
class D2(C1, D1):
    pass
class C3(C2, D2):
    pass
class D3(C2, D2):
    pass
class C4(C3, D3):
    pass
class D4(C3, D3):
    pass
class C5(C4, D4):
    pass
class D5(C4, D4):
    pass
class C6(C5, D5):
    pass
class D6(C5, D5):
    pass
class C7(C6, D6):
    pass
class D7(C6, D6):
    pass
class C8(C7, D7):
    pass
class D8(C7, D7):
    pass
class C9(C8, D8):
    pass
class D9(C8, D8):
    pass
class C10(C9, D9):
    pass
class D10(C9, D9):
    pass
class C11(C10, D10):
    pass
class D11(C10, D10):
    pass
class C12(C11, D11):
    pass
class D12(C11, D11):
    pass
class C13(C12, D12):
    pass
class D13(C12, D12):
    pass
class C14(C13, D13):
    pass
class D14(C13, D13):
    pass
class C15(C14, D14):
    pass
class D15(C14, D14):
    pass
class C16(C15, D15):
    pass
class D16(C15, D15):
    pass
class C17(C16, D16):
    pass
class D17(C16, D16):
    pass
class C18(C17, D17):
    pass
class D18(C17, D17):
    pass
class C19(C18, D18):
    pass
class D19(C18, D18):
    pass
class C20(C19, D19):
    pass
class D20(C19, D19):
    pass
class C21(C20, D20):
    pass
class D21(C20, D20):
    pass
class C22(C21, D21):
    pass
class D22(C21, D21):
    pass
class C23(C22, D22):
    pass
class D23(C22, D22):
    pass
class C24(C23, D23):
    pass
class D24(C23, D23):
    pass
class C25(C24, D24):
    pass
class D25(C24, D24):
    pass
class C26(C25, D25):
    pass
class D26(C25, D25):
    pass
class C27(C26, D26):
    pass
class D27(C26, D26):
    pass
class C28(C27, D27):
    pass
class D28(C27, D27):
    pass
class C29(C28, D28):
    pass
class D29(C28, D28):
    pass
class C30(C29, D29):
    pass
class D30(C29, D29):
    pass
class C31(C30, D30):
    pass
class D31(C30, D30):
    pass
class C32(C31, D31):
    pass
class D32(C31, D31):
    pass
class C33(C32, D32):
    pass
class D33(C32, D32):
    pass
class C34(C33, D33):
    pass
class D34(C33, D33):
    pass
class C35(C34, D34):
    pass
class D35(C34, D34):
    pass
class C36(C35, D35):
    pass
class D36(C35, D35):
    pass
class C37(C36, D36):
    pass
class D37(C36, D36):
    pass
class C38(C37, D37):
    pass
class D38(C37, D37):
    pass
class C39(C38, D38):
    pass
class D39(C38, D38):
    pass
class C40(C39, D39):
    pass
class D40(C39, D39):
    pass
@flow
def main(x: C40):
    pass
