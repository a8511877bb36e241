"""Passphrases that the desk draws for people, and the boxes that they open.

Five words of two pinyin syllables, as staff type them all day: 256 syllables, 80 bits. Spaces,
capitals and full-width letters do not matter when one is typed.
"""

import secrets
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from threading import BoundedSemaphore

from portal.sealing import unseal
from portal.sealing.keys import Identity
from portal.sealing.password_box import PasswordCost, WrongPassword

__all__ = [
    "WORDS",
    "WrongPassword",
    "canonical",
    "draw",
    "same",
    "unwrap",
    "wrap",
]

WORDS = 5
SYLLABLES_PER_WORD = 2
# Every one takes 64 MiB: sixteen at once would let anybody exhaust the machine.
AT_ONCE = 2
TABLE = """
ba bai ban bang bao bei ben bi bian biao bin bing bo bu cai can cang cao ce cha chai chang chao
che chen cheng chi chong chu chuan chuang chun ci cong cu cun da dai dan dang dao de deng di dian
diao ding dong dou du duan dui dun duo en er fa fan fang fei fen feng fu gai gan gang gao ge gen
geng gong gou gu gua guan guang gui gun guo hai han hang hao he hen heng hong hou hu hua huai huan
huang hui huo ji jia jian jiang jiao jie jin jing jiu ju juan jun kai kan kang kao ke ken kong kou
ku kuai kuan kuang kun kuo la lai lan lang lao le lei leng li lian liang liao lin ling liu long
lou lu luan lun luo ma mai man mang mao mei men meng mi mian miao min ming mo mu na nai nan neng
ni nian niao ning niu nong nuan nuo ou pai pan pang pao pei pen peng pi pian piao pin ping po pu
qi qia qian qiang qiao qin qing qiu qu quan qun ran rao ren reng ri rong rou ru ruan run ruo san
sang sao sen sha shan shang shao she shen sheng shi shou shu shuai shuang shui shun shuo si song
sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao ting tong tou tu tuan tui tun tuo
wai wan wang wei wen
"""
SYLLABLES = TABLE.split()

_slots = BoundedSemaphore(AT_ONCE)


def draw(choose: Callable[[list[str]], str] = secrets.choice) -> str:
    """Draw a new passphrase: five words, spaces between them."""
    words = (
        "".join(choose(SYLLABLES) for _syllable in range(SYLLABLES_PER_WORD))
        for _word in range(WORDS)
    )
    return " ".join(words)


def canonical(typed: str) -> str:
    """Return what counts of a typed passphrase: letters and digits, narrow and small."""
    narrow = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(letter for letter in narrow if letter.isalnum())


def same(typed: str, passphrase: str) -> bool:
    """Tell whether somebody typed this passphrase."""
    return secrets.compare_digest(canonical(typed).encode(), canonical(passphrase).encode())


def wrap(private: Identity, passphrase: str, host_secret: bytes, cost: PasswordCost) -> bytes:
    """Wrap a private key; slow on purpose."""
    with _slots:
        return unseal.wrap_private(private, canonical(passphrase), host_secret, cost=cost)


def unwrap(wrapped: bytes, passphrase: str, host_secret: bytes) -> Identity:
    """Open a wrapped private key; slow on purpose.

    :raises WrongPassword: when it does not open.
    """
    with _slots:
        return unseal.unwrap_private(wrapped, canonical(passphrase), host_secret)


@lru_cache(maxsize=4)
def decoy(host_secret: bytes, cost: PasswordCost) -> bytes:
    """Return a wrapped key that nothing opens: names that do not exist cost the same work."""
    return wrap(Identity.generate(), secrets.token_hex(32), host_secret, cost)
