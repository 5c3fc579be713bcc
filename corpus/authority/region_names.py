# SPDX-License-Identifier: GPL-2.0-or-later
"""How import_regions.py cleans, compares and judges names and positions of places."""
import math
import re
import unicodedata

GENERIC_ADMIN = re.compile(
    r"^(محافظة|منطقة|ولاية|مقاطعة|قضاء|إمارة|مديرية|شعبية|بلدية|إقليم|اقليم|جهة|مدينة|مركز|قسم|لواء)"
    r" (?=\S)")
GENERIC_WORD = re.compile(r"^(ال)?(محافظه|منطقه|ولايه|مقاطعه|قضا|مديريه|بلديه|اقليم|مدينه|مركز|قريه|بلده|"
                          r"ناحيه|حي|مخيم)$")
GENERIC_PLACE = re.compile(r"^(قرية|قريه|بلدة|محلة|محافظة|شعبية|مركز) (?=\S)")
# Precincts of a town (first Tanta, second Tanta): no level of their own.
PRECINCT = re.compile(r"^(أول|ثان|ثاني|ثالث|رابع) \S|^قسم شرطة|^ميناء ")
USELESS = re.compile(r"[0-9٠-٩۰-۹a-zA-Z/;,.]|رقم ")
# A hamlet named after its owner, an institution or a street: not what an article means by the word.
USELESS_START = set("""عزبة عزبه العزبة شارع جامعة وزارة حركة مستشفى شركة مدرسة مسجد كلية معهد سفارة فندق صحيفة
    قناة متحف نادي ملعب مطار بنك مجمع المجمع مستوصف إدارة ادارة استاد الحرس منتزه حديقة محطة استثمار ولي
    المنطقة المدينة وحدة معمل شرطة""".split())


def useless(name):
    words = name.split()
    return len(name) < 2 or bool(USELESS.search(name)) or words[0] in USELESS_START


# Words that names of persons are made of, folded; a small place with such a name needs evidence.
PERSON_START = set("ابو ام عبد ابن بن ال شيخ الشيخ سيد السيد حاج الحاج بنو بني اولاد امير الامير ملا مير "
                   "امام الامام ملك الملك كاك خواجه النبي ولي سيدي".split())
PERSON_WORD = set("""محمد احمد محمود حامد حمد حمود علي حسن حسين الحسن الحسين عمر عثمان خالد سعيد سعد سعود
    سالم سليم سلمان سليمان صالح ناصر نصر فهد فيصل عبدالله عبدالرحمن عبدالعزيز عبدالكريم عبدالقادر الله الدين
    الرحمن العزيز الكريم القادر الرحيم الملك الحميد يوسف يونس يعقوب موسي عيسي ابراهيم اسماعيل اسحاق داود
    ايوب زكريا يحيي الياس نوح هود صلاح نور بدر عز سيف شمس جمال كمال جلال زين العابدين ركن شرف مصطفي
    مرتضي رضا عباس جعفر صادق كاظم جواد مهدي هادي هاشم قاسم جاسم كريم رحيم حيدر باقر فاضل فاروق
    طارق زياد زيد حمزه جابر مبارك مشعل نايف ماجد بندر تركي سلطان غازي راشد رشيد مسعود منصور مطلق
    هلال حسام وليد عادل عامر عمار ياسر ياسين شريف شاكر ضياء مراد انور اكرم امين نبيل كاكه سعدون بكر
    طه جبار ستار غفور حسون عبود شهاب ضاري مجيد حميد صباح لطيف مشرف فرج فارس عواد عوض معروف
    فتحي جمعه خميس مرعي درويش عبيد""".split())


def is_person(key):
    words = key.split()
    return len(words) > 1 and (words[0] in PERSON_START or words[0] in PERSON_WORD)


# Letters of other languages and of typography as Arabic writes them.
LETTERS = str.maketrans({"ک": "ك", "ی": "ي", "ە": "ه", "ھ": "ه", "ٲ": "أ", "ٱ": "ا", "گ": "ك",
                         "چ": "ج", "پ": "ب", "ڤ": "ف", "ژ": "ج", "ڨ": "ق", "ڭ": "ك", "ۆ": "و",
                         "،": "|", "ـ": None, "\u200c": " ", "\u200f": None, "\u200e": None})
LATIN_MARKS = str.maketrans({"ı": "i", "‘": None, "’": "'", "ʼ": "'", "ʿ": None, "ʾ": "'"})
FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و",
                      "ئ": "ي", "ء": None, "-": " ", "–": " "})
LATIN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىأإآؤئء",
                 "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h w y a a a i a w y".split()
                 + [""]))


def key_of(name):
    """The spelling that names are told apart by: hamza, ta marbuta and ya folded, marks dropped."""
    s = "".join(c for c in unicodedata.normalize("NFC", name) if not unicodedata.combining(c))
    return " ".join(s.translate(FOLD).split())


def clash_key(name):
    """`key_of` as loosely as texts are matched: case endings and forms of «ابو» are one."""
    words = [re.sub("ون$", "ين", w) if len(w) > 4 else w for w in key_of(name).split()]
    return " ".join("ابو" if w in ("ابي", "ابا") else w for w in words)


def fold(name):
    """`key_of` without the article of the first word: finds one place in two sources."""
    s = key_of(name)
    return s[2:] if s.startswith("ال") and len(s) > 4 else s


def clean(name):
    """A source's Arabic name without marks, presentation forms, brackets; '' if nothing is left."""
    s = unicodedata.normalize("NFKC", name)
    s = "".join(c for c in s if not "\u064b" <= c <= "\u065f" and c != "\u0670")
    s = re.sub(r"\(.*?\)", " ", s).translate(LETTERS).split("|")[0]
    s = re.sub(r"\bابوا?ل(?=\S{3})", "أبو ال", s)
    s = re.sub(r"[(\[].*|[_)\]]", " ", s)
    return " ".join(s.split()).strip(" -")


def slug(name):
    """Lower-case ASCII words joined by hyphens."""
    s = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    s = "".join(c for c in s if not unicodedata.combining(c)).lower()
    s = re.sub(r"['`ʿʾ‘’ʼ]", "", s)
    return re.sub(r"[^a-z0-9]+", "-", s).strip("-")


def romanize(arabic):
    return "".join(LATIN.get(c, "-" if c == " " else "") for c in arabic)


def plain_latin(name):
    """A Latin spelling without the signs of learned transliteration."""
    s = unicodedata.normalize("NFKD", name.translate(LATIN_MARKS))
    return "".join(c for c in s if not unicodedata.combining(c))


def split(cell, divider="|"):
    return [part for part in (cell or "").split(divider) if part]


def strip_marks(name):
    return name.split("[")[0].strip()


def marks_of(name):
    m = re.search(r"\[(.*)\]$", name)
    return m.group(1).split(",") if m else []


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def distance_km(a, b):
    """Kilometres between two (lat, lon), good enough below some hundred kilometres."""
    dx = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return 111.2 * math.hypot(a[0] - b[0], dx)


# Rough boxes: south, north, west, east. A source row outside its country's box is a mistake.
BOXES = {"sy": (32.2, 37.4, 35.4, 42.5), "iq": (28.9, 37.5, 38.7, 48.9),
         "ye": (11.5, 19.1, 41.5, 54.8), "lb": (33.0, 34.8, 35.0, 36.7), "ly": (19.4, 33.4, 9.2, 25.3),
         "ps": (31.1, 32.7, 34.1, 35.7), "il": (29.4, 33.5, 34.1, 35.9), "jo": (29.1, 33.5, 34.8, 39.4),
         "eg": (21.7, 31.9, 24.6, 37.1), "sa": (16.0, 32.3, 34.4, 55.8), "ae": (22.5, 26.3, 51.4, 56.6),
         "kw": (28.4, 30.2, 46.4, 48.9), "qa": (24.4, 26.3, 50.6, 51.8), "bh": (25.5, 26.4, 50.3, 50.9),
         "om": (16.5, 26.6, 51.9, 60.0), "sd": (8.3, 23.3, 21.7, 38.8), "ss": (3.4, 12.4, 23.3, 36.1),
         "so": (-1.8, 12.2, 40.9, 51.6), "dj": (10.8, 12.9, 41.6, 43.6), "mr": (14.6, 27.5, -17.3, -4.7),
         "ma": (20.7, 36.1, -17.2, -0.9), "dz": (18.9, 37.3, -8.8, 12.1), "tn": (30.1, 37.7, 7.4, 11.8),
         "tr": (35.7, 42.3, 25.5, 45.0), "ir": (24.9, 39.9, 43.9, 63.5), "af": (29.2, 38.7, 60.3, 75.1)}


def inside(country, lat, lon):
    south, north, west, east = BOXES.get(country, (-90, 90, -180, 180))
    return south <= lat <= north and west <= lon <= east
