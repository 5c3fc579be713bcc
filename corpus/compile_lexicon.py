# SPDX-License-Identifier: GPL-2.0-or-later
"""Compiles the lexicon and the names of the authority files into one C++ table.

usage: compile_lexicon.py OUT.cc CORPUS_DIR [--check]

What goes in: corpus/lexicon/*.tsv and the better known names of corpus/authority/*.tsv. What comes out: a
hash table of folded stems, each with its written form, the endings it may take and the lemma it belongs to
(lib/analysis/lexicon.h reads it). --check lists every row that breaks a rule and fails if there is one.
"""
import collections
import os
import re
import sys

import lexicon_inflect as inflect

FORMAT = 2
LEAST_COST = -24  # of a lemma; the grammar counts on it
FILTER_BITS = 19  # about one stem that does not stand in the table in fifteen passes
FOLD = str.maketrans({'أ': 'ا', 'إ': 'ا', 'آ': 'ا', 'ٱ': 'ا', 'ؤ': 'و', 'ئ': 'ي', 'ى': 'ي', 'ة': 'ه', 'ی': 'ي',
                      'ک': 'ك', 'گ': 'ك', 'پ': 'ب', 'چ': 'ج', 'ژ': 'ز', 'ڤ': 'ف'})
LETTERS = re.compile('^[ء-غف-ي]+$')
MARKS = re.compile('[\u064b-\u065f\u0670\u0640]')
CLASSES = ['noun', 'noun_t', 'adjective', 'verb', 'name', 'function']
PRONOUN_LESS = 1 << 21


def fold(word):
    return MARKS.sub('', word).translate(FOLD)


def code(char):
    return ord(char) - 0x620


def hash_of(folded):
    value = 0
    for char in folded:
        value = (value * 0x9E3779B1 + code(char) + 1) & 0xFFFFFFFF
    return value


def slot_of(value, bits):
    value ^= value >> 15
    return (value * 0x2C1B3C6D & 0xFFFFFFFF) >> (32 - bits)


class Lexicon:
    def __init__(self):
        self.lemmas = {}   # (key, class, written) -> [index, written, cost]
        self.keys = set()  # (key, class)
        self.forms = {}    # (stem, lemma index) -> {groups: cost}
        self.groups = collections.Counter()  # folded stem -> all groups it may take
        self.broken = set()  # folded plurals that are written out
        self.nominal = {}  # groups, as they were before the function words came
        self.accusatives = {}  # folded stem -> key of the lemma whose accusative it makes
        self.key_of = []  # of each lemma
        self.same = {}  # folded variant -> the lemma it is a spelling of
        self.problems = []

    def lemma(self, written, word_class, cost=0, key=None):
        if word_class in ('noun', 'noun_t', 'adjective'):
            written = self.same.get(fold(written), written)
            if written.endswith('ة') and word_class == 'noun':
                word_class = 'noun_t'
        if key is None:  # vowel signs tell a homograph from the common word: عالِم beside عالم
            key = written.translate(FOLD) + ('/v' if word_class == 'verb' else '')
        found = self.lemmas.setdefault((key, word_class, written), [len(self.lemmas), written, cost])
        self.keys.add((key, word_class))
        if found[0] == len(self.key_of):
            self.key_of.append(key)
        found[2] = min(found[2], cost)
        return found[0]

    def add(self, lemma, forms, extra=0):
        for stem, groups, cost in forms:
            stem = MARKS.sub('', stem)
            if not groups or not stem or len(stem) > 15 or not LETTERS.match(stem):
                continue
            mask = 0
            for group in groups:
                mask |= 1 << inflect.GROUPS[group]
            if mask >> 18 and not mask & ((1 << 19) - 1):
                continue
            entry = self.forms.setdefault((stem, lemma), {})
            entry[mask] = min(entry.get(mask, 99), cost + extra)
            self.groups[fold(stem)] |= mask
            if mask & 1 << inflect.GROUPS['ACC']:
                self.accusatives.setdefault(fold(stem), self.key_of[lemma])

    def is_function(self, folded):
        return any(folded == word or folded.startswith(word) and folded[len(word):] in PRONOUNS
                   for word in FUNCTION_WORDS)

    def has(self, written, *classes):
        return any((fold(written), c, written) in self.lemmas for c in classes)


def rows(path, lexicon):
    header = None
    if not os.path.exists(path):
        return
    with open(path, encoding='utf-8') as text:
        for number, line in enumerate(text, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            cells = line.split('\t')
            if header is None:
                header = cells
                continue
            if len(cells) > len(header):
                lexicon.problems.append(f'{path}:{number}: {len(cells)} cells, the header has {len(header)}')
                continue
            row = dict.fromkeys(header, '')
            row.update(zip(header, (c.strip() for c in cells)))
            row['where'] = f'{path}:{number}'
            yield row


def parts(cell):
    return [p for p in cell.split('|') if p and p != '-']


def check_word(lexicon, row, word):
    if LETTERS.match(MARKS.sub('', word)):
        return True
    lexicon.problems.append(f"{row['where']}: not an Arabic word: {word!r}")
    return False


def read_nouns(lexicon, path):
    for row in rows(path, lexicon):
        lemma, kind = row['lemma'], row['class']
        if not check_word(lexicon, row, lemma):
            continue
        if kind not in ('m', 'f', 't', 'c'):
            lexicon.problems.append(f"{row['where']}: class {kind!r} is not m, f, t or c")
            continue
        variants = [v[2:] if v.startswith('ال') and not lemma.startswith('ال') else v for v in parts(row['variants'])]
        index = lexicon.lemma(lemma, 'noun_t' if lemma.endswith('ة') else 'noun')
        lexicon.add(index, inflect.noun(lemma, kind, parts(row['plurals']), variants))
        lexicon.broken.update(fold(p) for p in parts(row['plurals']))
        if kind == 't' and parts(row['plurals']) in ([], ['+ات']):
            FEMININES.add(fold(lemma))


def read_adjectives(lexicon, path):
    for row in rows(path, lexicon):
        lemma = row['lemma']
        if not check_word(lexicon, row, lemma):
            continue
        if fold(lemma) in ELATIVE_FEMININES:
            continue
        index = lexicon.lemma(lemma, 'adjective')
        if row['class'] == 'n':
            RELATIVES.add(fold(lemma))
        if row['class'] == 'e':
            lexicon.add(index, elative(lemma, parts(row['feminine']), parts(row['plurals'])))
            continue
        lexicon.add(index, inflect.adjective(lemma, parts(row['plurals']), row['feminine'].split('|')[0],
                                             parts(row['variants'])))
        for word in parts(row['elative']):
            if word == lemma or not check_word(lexicon, row, word):
                continue
            lexicon.add(lexicon.lemma(word, 'adjective'), elative(word, [], []))
        if row['class'] == 'p' and re.match('م.ا..$', lemma) and fold(lemma) in lexicon.broken:
            lexicon.lemmas[fold(lemma), 'adjective', lemma][2] += 8  # مناصب is oftener posts than hostile


def elative(word, feminines, plurals):
    forms = inflect.noun(word, 'm', ['+ون'] + plurals)
    for feminine in feminines or [inflect.elative_feminine(word)]:
        if feminine:
            forms += [(stem, groups, 2) for stem, groups, _ in inflect.noun(feminine, 'm', ['+ات'])]
    return forms


def read_verbs(lexicon, path):
    derived = []
    for row in rows(path, lexicon):
        lemma = row['lemma']
        if not check_word(lexicon, row, lemma):
            continue
        if row['imperfect'] and not row['imperfect'].startswith('ي'):
            lexicon.problems.append(f"{row['where']}: imperfect {row['imperfect']!r} does not begin with ي")
            continue
        index = lexicon.lemma(lemma, 'verb')
        lexicon.add(index, inflect.verb(lemma, row['form'], row['imperfect'], parts(row['stems'])))
        derived.append(row)
    for row in derived:
        for masdar in parts(row['masdars']):
            if not check_word(lexicon, row, masdar):
                continue
            MASDARS.add(fold(masdar))
            if lexicon.has(masdar, 'noun', 'noun_t'):
                continue
            cost = 14 if row['form'] in ('5', '6') else 10
            index = lexicon.lemma(masdar, 'noun_t' if masdar.endswith('ة') else 'noun', cost)
            defective = [masdar[:-1]] if masdar.endswith('ي') and row['form'] in ('5', '6') else []
            lexicon.add(index, inflect.noun(masdar, 'm', ['+ات'] if row['form'] != '1' or masdar.endswith('ة') else [],
                                            defective))
        for participle in parts(row['participles']):
            if not check_word(lexicon, row, participle) or lexicon.has(participle, 'adjective'):
                continue
            index = lexicon.lemma(participle, 'adjective', 12)
            lexicon.add(index, inflect.adjective(participle, defective=True))


def relative_nouns(lexicon):
    """أجنبية, رسمية: an adjective in ية is likelier than the noun; ranks.tsv has the exceptions."""
    for (key, word_class, _), lemma in lexicon.lemmas.items():
        if word_class == 'noun_t' and key in FEMININES and key[:-1] in RELATIVES and key not in MASDARS:
            lemma[2] += 9


ELATIVE_FEMININES = {fold(w) for w in ('كبرى', 'صغرى', 'عظمى', 'قصوى', 'وسطى', 'عليا', 'دنيا', 'سفلى', 'يمنى', 'يسرى', 'فضلى', 'حسنى', 'مثلى')}
RELATIVES = set()  # adjectives in ي
FEMININES = set()  # nouns in ة whose only plural is in ات
MASDARS = set()


def read_functions(lexicon, path):
    lexicon.nominal = dict(lexicon.groups)
    _read_functions(lexicon, path)


def _read_functions(lexicon, path):
    """Function words. An adverb in ا keeps the key of its noun or adjective; verbs are marked in the verbs."""
    for row in rows(path, lexicon):
        word, kind = row['word'], row['class']
        if not check_word(lexicon, row, word):
            continue
        stop = row['stop'] == '1' or row['stop'] == 'q' and kind == 'quest'
        if kind == 'verb':
            if stop:
                STOP_VERBS.add(fold(row.get('lemma') or word) + '/v')
            if not word.startswith(('ما', 'لا')):
                continue
        lemma = word if word in NOT_ONE else row.get('lemma') or word
        index = lexicon.lemma(lemma, 'function', -8 if stop else -5, key=function_key(lexicon, lemma, kind))
        marks = ('NOUNISBA',) if kind in ('num', 'adv', 'abbr', 'pron') else ('NOUNISBA', 'NOART')
        forms = [(word, ('BARE', *marks), 0)]
        if kind == 'num':
            forms.append((word, ('PRON', 'ACC', *marks), 0))
        if kind in ('prep', 'part', 'pron'):
            forms.append((word, ('BARE', 'PRON', *marks), 0))
            if word.endswith('ى'):
                forms.append((word[:-1] + 'ي', ('PRON', 'NEEDSPRON', *marks), 0))
        if word in ('ل', 'ب', 'ك'):  # له, بها: too short for the grammar
            forms = [(word + pronoun, ('BARE', *marks), 0) for pronoun in PRONOUNS]
        if kind == 'part' and (word.endswith('ن') or word in ('ليت', 'لعل')):  # إنني, لكنا, ليتني
            forms.append((word + 'ني', ('BARE', *marks), 4))
            if word.endswith('ن'):
                forms.append((word + 'ا', ('BARE', *marks), 4))
        if word in ('من', 'عن'):  # the two ن run together
            forms += [(word + ending, ('BARE', *marks), 4) for ending in ('ا', 'ي')]
        lexicon.add(index, forms)
        FUNCTION_KEYS.add(lexicon.key_of[index])
        FUNCTION_WORDS.add(fold(word))
        if stop:
            STOPS.add(index)


def function_key(lexicon, lemma, kind):
    """A function word that is a form of a content word has its key: نظرا, بسبب, حينها, مازال, ليس."""
    key = fold(lemma)
    groups = lexicon.nominal
    if kind in ('num', 'adv') and lemma.startswith('آ') and groups.get(key, 0) & BARE:
        return lemma  # آب the month is not أب the father
    if kind in ('adv', 'prep') and key.endswith('ا') and len(key) > 3 and groups.get(key[:-1], 0) & (BARE | 4):
        if any((key[:-1], word_class) in lexicon.keys for word_class in CLASSES[:3]):
            return key[:-1]
        return lexicon.accusatives.get(key[:-1], key[:-1])
    if groups.get(key, 0) & BARE:
        return key
    if kind == 'adv' and key.endswith('ها') and groups.get(key[:-2], 0) & BARE:
        return key[:-2]
    if kind in ('adv', 'prep', 'fused'):
        for start in ('بال', 'ب', 'ل'):
            rest = key[len(start):]
            if key.startswith(start) and len(rest) > 2 and groups.get(rest, 0) & BARE:
                return rest
    for start in ('', 'ما', 'لا', 'لاي', 'لات'):
        verb = key[len(start):] + '/v'
        if key.startswith(start) and (start or lemma == 'ليس') and (verb, 'verb') in lexicon.keys:
            return verb
    return key


NOT_ONE = ('أحد', 'إحدى')  # words of their own beside واحد
STOPS = set()
PRONOUNS = ('ه', 'ها', 'هم', 'هما', 'هن', 'ك', 'كم', 'نا', 'ي')
STOP_VERBS = set()
BARE = 1
LARGE = 200000  # people: a place that every reader knows
CLEAR_ENDINGS = [('', 'BARE'), ('ه', 'PRON'), ('ه', 'TEH'), ('ها', 'PRON'), ('هم', 'PRON'), ('ا', 'ACC'),
                 ('ات', 'AT'), ('ون', 'UN'), ('ين', 'UN'), ('ان', 'DUAL'), ('ين', 'DUAL'), ('و', 'UN'), ('ي', 'BARE'),
                 ('يه', 'BARE'), ('ي', 'UN'), ('ته', 'TEHPRON'), ('نا', 'PRON'), ('هما', 'PRON'), ('تها', 'TEHPRON'), ('تين', 'TEHDUAL'), ('تان', 'TEHDUAL')]
CLEAR_PROCLITICS = ['', 'و', 'ب', 'ل', 'ال', 'وال', 'بال', 'لل', 'ف', 'ك', 'ول', 'وب']


def reads_as_common(lexicon, folded, whole=False):
    """Whether the grammar takes `folded` for a common word of the lexicon, affixes and all.

    `whole`: a name by itself, that may well begin with letters that look like a proclitic (حلب, بغرام).
    """
    for proclitic in CLEAR_PROCLITICS:
        if not folded.startswith(proclitic):
            continue
        if whole and proclitic not in ('', 'ال') and not lexicon.is_function(folded[len(proclitic):]):
            continue
        rest = folded[len(proclitic):]
        for ending, group in CLEAR_ENDINGS:
            core = rest[:len(rest) - len(ending)] if rest.endswith(ending) else ''
            if len(core) > 1 and lexicon.groups.get(core, 0) >> inflect.GROUPS[group] & 1:
                return True
        for ending in ('', 'ه', 'ها', 'هم'):
            core = rest[1:len(rest) - len(ending)] if rest[:1] in 'يتن' and rest.endswith(ending) else ''
            if core and lexicon.groups.get(core, 0) >> inflect.GROUPS['IV0'] & 1:
                return True
        if lexicon.groups.get(rest, 0) >> inflect.GROUPS['PV0'] & 1:
            return True
    return False


def place_names(path, lexicon):
    """(word, sure): `sure` where the word is a name even if it reads as something else."""
    for row in rows(path, lexicon):
        people = int(row['population']) if row['population'].isdigit() else 0
        kind = row['kind']
        if kind not in ('country', 'admin1', 'admin2', 'city') and people < 10000:
            continue
        for number, name in enumerate([row['ar']] + row['names'].split('|')):
            words = re.split('[^\u0621-\u065f]+', re.sub(r'\[.*?\]', '', name).strip())
            sure = len(words) == 1 and number == 0 and (kind in ('country', 'admin1') or people >= LARGE)
            for word in words:
                yield word, 'sure' if sure else 'whole' if len(words) == 1 and number == 0 else ''


def faction_names(path, lexicon):
    for row in rows(path, lexicon):
        for name in [row['ar']] + row['names'].split('|'):
            for word in re.split('[^\u0621-\u065f]+', re.sub(r'\[.*?\]', '', name)):
                yield word, ''


def read_names(lexicon, corpus):
    own, same, with_article = [], {}, set()
    for row in rows(os.path.join(corpus, 'lexicon', 'names.tsv'), lexicon):
        for word in [row['word']] + parts(row['variants']):
            own.append((word, 'sure', -6 if row['kind'] == 'month' else 0))
            if word != row['word']:
                same[bare_name(word)] = bare_name(row['word'])
            if word.startswith('ال') and row['kind'] == 'place':
                with_article.add(bare_name(word))
    regions = os.path.join(corpus, 'authority', 'regions.tsv')
    places = [(word, sure, 0) for word, sure in place_names(regions, lexicon)]
    factions = [(*name, 2) for name in faction_names(os.path.join(corpus, 'authority', 'factions.tsv'), lexicon)]
    function_words = {stem for stem, lemma in lexicon.forms if lexicon.key_of[lemma] in FUNCTION_KEYS}
    for word, sure, cost in own + places + factions:
        word = bare_name(word)
        if len(word) < 3 or not LETTERS.match(word) or word in function_words:
            continue
        if sure != 'sure' and reads_as_common(lexicon, fold(word), sure == 'whole') or fold(word) in ELATIVE_FEMININES:
            continue
        common = reads_as_common(lexicon, fold(word))
        if sure == 'sure' and not common:
            cost -= 3
        index = lexicon.lemma(same.get(word, word), 'name', 3 + cost)
        stem, groups = (word[:-1], ('TEH',)) if word.endswith('ة') else (word, ('BARE',))
        if word in with_article and common:
            groups += ('NEEDSART',)  # السعودية; without the article it is an adjective
        lexicon.add(index, [(stem, groups, 0)])


def bare_name(word):
    word = MARKS.sub('', word)
    return word[2:] if word.startswith('ال') and len(word) > 4 else word


FUNCTION_KEYS = set()
FUNCTION_WORDS = set()


def read_ranks(lexicon, path):
    """ranks.tsv: lemma, class, cost; a negative cost makes the readings of the lemma likelier."""
    ranks = {}
    for row in rows(path, lexicon):
        key = row['lemma'].translate(FOLD) + ('/v' if row['class'] == 'verb' else '')
        for word_class in CLASSES:
            if row['class'] == word_class or row['class'] == 'noun' and word_class == 'noun_t':
                found = lexicon.lemmas.get((key, word_class, row['lemma']))
                if found:
                    found[2] += int(row['cost'])
                    ranks[row['where']] = True
        if row['where'] not in ranks:
            lexicon.problems.append(f"{row['where']}: no such lemma: {row['lemma']} {row['class']}")


def write(lexicon, out):
    entries = collections.defaultdict(list)
    lemma_of = {index: (key, word_class, written, cost)
                for (key, word_class, _), (index, written, cost) in lexicon.lemmas.items()}
    for (stem, lemma), masks in lexicon.forms.items():
        plain = 0
        merged = collections.defaultdict(int)  # (mark bits, cost) -> groups
        for mask, cost in masks.items():
            merged[mask >> 19, cost] |= mask
        for (_, cost), mask in sorted(merged.items()):
            entries[fold(stem)].append((stem, mask, lemma, cost))
    bits = max(8, (len(entries) * 2 - 1).bit_length())
    pool, offsets = bytearray(), {}

    def offset(data):
        if data not in offsets:
            offsets[data] = len(pool)
            pool.extend(data)
        return offsets[data]

    own_keys = distinct_keys(lemma_of)
    used = sorted({e[2] for group in entries.values() for e in group})
    renumber = {old: new for new, old in enumerate(used)}
    flat, table = [], [0] * (1 << bits)
    filter_words = [0] * (1 << (FILTER_BITS - 6))
    for folded in sorted(entries):
        group = sorted(entries[folded], key=lambda e: (e[3], e[0], e[2], e[1]))
        first = len(flat)
        for position, (stem, mask, lemma, cost) in enumerate(group):
            last = position + 1 == len(group)
            text = offset(bytes(code(c) for c in stem))
            flat.append((mask | (1 << 31 if last else 0), renumber[lemma], text, len(stem), max(-100, min(100, cost))))
        value = hash_of(folded)
        bit = slot_of(value, FILTER_BITS)
        filter_words[bit >> 6] |= 1 << (bit & 63)
        at = slot_of(value, bits)
        while table[at]:
            at = (at + 1) & ((1 << bits) - 1)
        table[at] = (first + 1) | (value & 0xFF) << 24
    lemma_rows = []
    keys, key_at = bytearray(), {}
    for old in used:
        key, word_class, written, cost = lemma_of[old]
        cells = []
        stop = old in STOPS or word_class == 'verb' and key in STOP_VERBS
        for text in (own_keys.get(old, key), MARKS.sub('', written)):
            data = text.encode()
            if data not in key_at:
                key_at[data] = len(keys)
                keys.extend(data)
            cells += [key_at[data], len(data)]
        lemma_rows.append((*cells, CLASSES.index(word_class), int(stop), max(LEAST_COST, min(100, cost))))
    digest = fingerprint(flat, lemma_rows, pool, keys)
    with open(out, 'w', encoding='utf-8') as to:
        put = to.write
        put('// Made by corpus/compile_lexicon.py; do not edit.\n#include "analysis/lexicon.h"\n\n')
        put('namespace fihris::analysis::lexicon {\n')
        put(f'const unsigned kTableBits = {bits};\nconst unsigned kFilterBits = {FILTER_BITS};\n')
        put(f'const char kVersion[] = "{FORMAT}.{digest:016x}";\n')
        numbers(put, 'std::uint32_t kTable[]', [f'{v}u' for v in table])
        numbers(put, 'std::uint64_t kFilter[]', [f'{v}u' for v in filter_words])
        numbers(put, 'LexEntry kEntries[]', ['{%du,%d,%d,%d,%d}' % (e[0], e[1], e[2], e[3], e[4]) for e in flat])
        numbers(put, 'LexLemma kLemmas[]', ['{%d,%d,%d,%d,%d,%d,%d}' % r for r in lemma_rows])
        numbers(put, 'unsigned char kStems[]', [str(b) for b in pool])
        numbers(put, 'unsigned char kKeys[]', [str(b) for b in keys])
        put(f'const std::size_t kEntryCount = {len(flat)};\nconst std::size_t kLemmaCount = {len(lemma_rows)};\n')
        put('}  // namespace fihris::analysis::lexicon\n')


def distinct_keys(lemma_of):
    """Lemmas that differ in a hamza alone (بدأ, بدا) keep it in their keys."""
    same = collections.defaultdict(lambda: collections.defaultdict(list))
    for index, (key, word_class, written, _) in lemma_of.items():
        if word_class in ('noun', 'noun_t', 'adjective', 'verb'):
            same[key][written].append(index)
    keys = {}
    for key, spellings in same.items():
        if len(spellings) > 1:
            for written, indexes in spellings.items():
                for index in indexes:
                    keys[index] = written + ('/v' if key.endswith('/v') else '')
    for index, (key, word_class, written, _) in lemma_of.items():
        if word_class == 'function' and len(same.get(key, ())) > 1 and written in same[key]:
            keys[index] = written
    return keys


def numbers(put, name, values):
    put(f'extern const {name};\nconst {name} = {{\n')
    for at in range(0, len(values), 32):
        put(','.join(values[at:at + 32]) + ',\n')
    put('};\n')


def fingerprint(*data):
    """FNV-1a, 64 bits, of everything that decides a key."""
    value = 0xCBF29CE484222325
    for byte in repr(data).encode():
        value = (value ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return value


def compile_all(corpus):
    lexicon = Lexicon()
    folder = os.path.join(corpus, 'lexicon')
    for name in ('nouns.tsv', 'adjectives.tsv'):
        for row in rows(os.path.join(folder, name), lexicon):
            for variant in parts(row['variants']):
                main = lexicon.same.get(fold(row['lemma']), row['lemma'])
                if variant != row['lemma'][:-1] and fold(variant) != fold(main):
                    lexicon.same.setdefault(fold(variant), main)
    read_nouns(lexicon, os.path.join(folder, 'nouns.tsv'))
    read_adjectives(lexicon, os.path.join(folder, 'adjectives.tsv'))
    read_verbs(lexicon, os.path.join(folder, 'verbs.tsv'))
    read_functions(lexicon, os.path.join(folder, 'function.tsv'))
    relative_nouns(lexicon)
    read_names(lexicon, corpus)
    read_ranks(lexicon, os.path.join(folder, 'ranks.tsv'))
    return lexicon


def main():
    out, corpus = sys.argv[1:3]
    lexicon = compile_all(corpus)
    if '--check' in sys.argv:
        print('\n'.join(lexicon.problems))
        sys.exit(1 if lexicon.problems else 0)
    write(lexicon, out)


if __name__ == '__main__':
    main()
