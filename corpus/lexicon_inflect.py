# SPDX-License-Identifier: GPL-2.0-or-later
"""Written forms of nouns, adjectives and verbs, as stems with the groups of endings that each may take.

A form is (stem, groups, cost). Stems are written without vowels, with hamza as the spelling rules want it. The
groups are the bits of `lib/analysis/lexicon.h`, by the names given here; a cost says that a form is rarer.
"""

GROUPS = {
    # nouns and adjectives
    'BARE': 0,       # nothing
    'PRON': 1,       # a pronoun: كتابه
    'ACC': 2,        # the alef of the accusative: كتابا
    'DUAL': 3,       # كتابان كتابين كتابا كتابي
    'UN': 4,         # sound masculine plural: لاعبون لاعبين لاعبو لاعبي
    'AT': 5,         # sound feminine plural: اجتماعات
    'TEH': 6,        # ة
    'TEHPRON': 7,    # the ة before a pronoun: مدينته
    'TEHDUAL': 8,    # مدينتان مدينتين
    # verbs
    'PV0': 9,        # perfect, nothing: كتب
    'PVT': 10,       # perfect, she: كتبت كتبتا
    'PVA': 11,       # perfect, they two: كتبا
    'PVW': 12,       # perfect, they: كتبوا
    'PVC': 13,       # perfect before a consonant: كتبت كتبنا كتبتم كتبن
    'IV0': 14,       # imperfect, nothing: يكتب
    'IVA': 15,       # imperfect, two: يكتبان يكتبا
    'IVW': 16,       # imperfect, they: يكتبون يكتبوا, and you (f.): تكتبين
    'IVN': 17,       # imperfect, they (f.): يكتبن
    'IMP': 18,       # imperative: اكتب اكتبوا
    # marks
    'NEEDSPRON': 20,  # stands only before a pronoun: أصدقاؤ-ه
    'NOUNISBA': 21,   # forms no adjective in ي
    'NOART': 22,      # takes no article
    'NEEDSART': 23,   # stands only after the article
}
PV = ('PV0', 'PVT', 'PVA', 'PVW', 'PVC')
IV = ('IV0', 'IVA', 'IVW', 'IVN')
ADJECTIVE = ('BARE', 'PRON', 'ACC', 'DUAL', 'UN', 'AT', 'TEH', 'TEHPRON', 'TEHDUAL')
RARE = 12


def _hamza_tail(word, groups):
    """A word that ends in a hamza: its seat moves with the vowel that follows, before a pronoun and before ا."""
    forms = [(word, groups, 0)]
    if 'PRON' in groups:
        forms += [(word[:-1] + seat, ('NEEDSPRON', 'PRON'), 0) for seat in 'ؤئء' if seat != word[-1]]
    return forms


def _body(word, groups):
    """The forms of a masculine-looking word (one that does not end in ة) with the given groups of endings."""
    groups = tuple(groups)
    if word in ('أب', 'أخ', 'حم'):
        return [(word, groups, 0)] + [(word + v, ('BARE', 'PRON'), 4) for v in 'ويا']
    if word.endswith('ى'):
        long = tuple(g for g in groups if g in ('DUAL', 'AT'))
        return [(word, ('BARE',), 0), (word[:-1] + 'ا', ('PRON', 'NEEDSPRON'), 0),
                (word[:-1] + 'ي', long, 0), (word[:-1], tuple(g for g in groups if g == 'UN'), 0)]
    if word.endswith('ا') and len(word) > 3:
        rest = tuple(g for g in groups if g not in ('ACC', 'AT', 'DUAL'))
        forms = [(word, rest, 0)]
        if 'AT' in groups:
            forms += [(word[:-1], ('AT',), 0), (word + 'و', ('AT',), RARE)]
        return forms
    if word.endswith('اء'):
        forms = _hamza_tail(word, groups)
        waw = tuple(g for g in groups if g in ('DUAL', 'AT'))
        return forms + [(word[:-1] + 'و', waw, 0)]
    if word.endswith('ء'):
        forms = _hamza_tail(word, groups)
        if word[-2] not in 'ادذرزوؤ':  # شيئا, عبئا, but جزءا
            forms.append((word[:-1] + 'ئ', tuple(g for g in groups if g not in ('BARE', 'PRON')), 0))
        if word[-2] in 'و':
            forms.append((word[:-1] + 'ؤ', tuple(g for g in groups if g in ('AT', 'DUAL')), RARE))
        return forms
    if word.endswith('ئ'):  # قارئ, in older print قارىء
        return [(word, groups, 0), (word[:-1] + 'يء', tuple(g for g in groups if g == 'BARE'), 2)]
    if word.endswith('أ'):
        forms = _hamza_tail(word, groups)
        forms.append((word[:-1] + 'آ', ('DUAL_AN',), 0))
        return [f for f in forms if 'DUAL_AN' not in f[1]] + [
            (word[:-1] + 'ئ', tuple(g for g in groups if g == 'UN'), 0)]
    if word.endswith('و') and 'AT' in groups and len(word) > 3:
        return [(word, tuple(g for g in groups if g != 'AT'), 0), (word + 'ه', ('AT',), 0), (word, ('AT',), RARE)]
    return [(word, groups, 0)]


def _defective(word, groups):
    """قاضي: the ي falls in قاض and before ون."""
    forms = [(word, tuple(g for g in groups if g != 'UN'), 0), (word[:-1], ('BARE',), 4)]
    if 'UN' in groups:
        forms.append((word[:-1], ('UN',), 0))
    return forms


def _feminine(word, with_at):
    """The forms of a word in ة."""
    stem = word[:-1]
    groups = ['TEH', 'TEHPRON', 'TEHDUAL']
    if not with_at:
        return [(stem, tuple(groups), 0)]
    if stem.endswith('ا'):  # وفاة وفيات, صلاة صلوات
        return [(stem, tuple(groups), 0), (stem[:-1] + 'ي', ('AT',), 0), (stem[:-1] + 'و', ('AT',), 0)]
    return [(stem, tuple(groups + ['AT']), 0)]


def plural(word):
    """The forms of a plural that is written out; a singular that is written alike is likelier."""
    return [(stem, groups, cost + (0 if 'AT' in groups else 3)) for stem, groups, cost in _plural(word)]


def _plural(word):
    if word.endswith('ة'):
        return [(word[:-1], ('TEH', 'TEHPRON'), 0)]
    if word.endswith('ات') and len(word) > 4:
        return [(word[:-2], ('AT',), 0)]
    if word.endswith('ون') and len(word) > 4:
        return [(word[:-2], ('UN',), 0)]
    diptote = len(word) > 4 and word[2] == 'ا'  # ملامس; ملامسا is the participle
    forms = _body(word, ('BARE', 'PRON') if diptote else ('BARE', 'PRON', 'ACC'))
    if diptote:
        forms.append((word, ('ACC',), 16))  # a common fault
    if word.endswith('ي') and len(word) >= 5:  # أراضي, أراض
        forms.append((word[:-1], ('BARE',), 4))
    return forms


def noun(lemma, kind, plurals, variants=()):
    """The forms of a noun. `kind`: m, f (no ة), t (in ة), c (plural only or collective)."""
    forms = []
    broken = [p for p in plurals if p and not p.startswith('+') and p != '-']
    for word in (lemma, *variants):
        if word != lemma and word == lemma[:-1] and lemma.endswith('ي'):
            continue  # the short form of a defective noun
        if word.endswith('ة'):
            forms += _feminine(word, '+ات' in plurals)
            continue
        if kind == 'c' and word.endswith(('ات', 'ون')) and len(word) > 4:
            forms += plural(word)
            continue
        groups = ['BARE', 'PRON', 'ACC']
        if kind != 'c':
            groups.append('DUAL')
        if '+ون' in plurals:
            groups.append('UN')
        if '+ات' in plurals:
            groups.append('AT')
        if lemma.endswith('ي') and lemma[:-1] in variants:
            forms += _defective(word, groups)
        else:
            forms += _body(word, groups)
    for word in broken:
        forms += plural(word)
    return forms


def adjective(lemma, plurals=(), feminine='', variants=(), defective=False):
    """The forms of an adjective that takes ة, unless `feminine` is written out (حمراء)."""
    forms = []
    for word in (lemma, *variants):
        if word != lemma and word == lemma[:-1] and lemma.endswith('ي'):
            continue  # the short form of قاضي takes no ending: ساع has nothing to do with ساعة
        if word.endswith('ى'):
            forms += _body(word, ('BARE', 'PRON', 'DUAL', 'AT', 'UN'))
            forms.append((word[:-1] + 'ا', ('TEH', 'TEHPRON', 'TEHDUAL'), 0))
        elif word.endswith('أ') or word.endswith('ء'):
            forms += _body(word, ADJECTIVE)
        elif feminine and feminine != word + 'ة' and feminine != '+ة':
            forms += _body(word, ('BARE', 'PRON', 'ACC', 'DUAL', 'UN'))
        elif word.endswith('ي') and (defective or lemma[:-1] in variants):
            if word == lemma:
                forms += _defective(word, ADJECTIVE)
        elif word.endswith('ة'):
            forms += _feminine(word, True)
        else:
            forms += _body(word, ADJECTIVE)
    if feminine and feminine not in (lemma + 'ة', '+ة', '-'):
        if feminine.endswith('ة'):
            forms += _feminine(feminine, True)
        else:
            forms += _body(feminine, ('BARE', 'PRON', 'DUAL', 'AT'))
    for word in plurals:
        if word and not word.startswith('+') and word != '-':
            forms += plural(word)
    return forms


def elative_feminine(word):
    """كبرى for أكبر; empty where the pattern does not hold."""
    known = {'أعلى': 'عليا', 'أدنى': 'دنيا', 'أقصى': 'قصوى', 'أول': 'أولى', 'آخر': 'أخرى'}
    if word in known:
        return known[word]
    if len(word) == 4 and word[0] == 'أ' and not set(word[1:]) & set('ىاويء'):
        return word[1:] + 'ى'
    if len(word) == 4 and word[0] == 'أ' and word[2] == 'و':
        return word[1:] + 'ى'
    return ''


def _short(stem):
    """The stem of a hollow verb before a consonant: قول → قل."""
    return stem[:-2] + stem[-1]


def _hamza(stem, groups_bare, groups_w, groups_y, groups_c):
    """A verb stem that ends in a hamza, whose seat depends on what follows."""
    base = stem[:-1]
    forms = [(stem, groups_bare, 0)]
    if stem.endswith('ئ'):  # ينشئ, in older print ينشىء
        forms.append((base + 'يء', groups_bare[:1], 2))
    if groups_w:
        forms += [(base + seat, groups_w, 0) for seat in 'أؤئء']
    if groups_y:
        forms += [(base + seat, groups_y, 0) for seat in ('ئ', 'أ')]
    if groups_c:
        forms += [(stem, groups_c, 0)]
    for seat in 'ؤئء':
        if seat != stem[-1]:
            forms.append((base + seat, ('NEEDSPRON',) + tuple(groups_bare), 4))
    return forms


def verb(lemma, form, imperfect, extra=()):
    """The forms of a verb from its third person masculine singular, perfect and imperfect.

    `extra`: stems that no rule gives; one that begins with ي is an imperfect.
    """
    forms = []
    for stem in extra:
        if stem.startswith('ي') and imperfect.startswith('ي') and len(stem) > 1 and stem != lemma:
            forms.append((stem[1:], IV, 4))
        else:
            forms.append((stem, PV, 4))
    simple = form == '1'
    if not imperfect or not imperfect.startswith('ي'):
        return forms + [(lemma, PV, 0)]
    stem = imperfect[1:]
    forms += _perfect(lemma, form, stem)
    forms += _imperfect(lemma, form, stem)
    forms += _passive(lemma, form, stem)
    forms += _imperative(lemma, form, stem, simple)
    return forms


def _is_hollow(word):
    return len(word) >= 3 and word[-2] == 'ا' and word[-1] not in 'ىاي'


def _is_doubled(lemma, form):
    length = {'1': 2, '4': 3, '7': 4, '8': 4, '10': 5, '9': 4, 'q4': 6, '3': 3, '6': 4}.get(form)
    if form in ('3', '6'):
        return len(lemma) == length and lemma[-2] == 'ا'
    return len(lemma) == length and lemma[-1] not in 'ىاي' and not _is_hollow(lemma)


def _perfect(lemma, form, _stem):
    if lemma.endswith(('ى', 'ا')) and len(lemma) > 2:
        base = lemma[:-1]
        weak = 'و' if lemma.endswith('ا') and form == '1' else 'ي'
        before = base + 'ا'
        if base.endswith('أ'):
            before = base[:-1] + 'آ'
        return [(lemma, ('PV0',), 0), (before, ('PV0', 'NEEDSPRON'), 0), (base, ('PVT', 'PVW'), 0),
                (base + weak, ('PVA', 'PVC'), 0)]
    if lemma.endswith('ي'):
        return [(lemma, ('PV0', 'PVT', 'PVA', 'PVC'), 0), (lemma[:-1], ('PVW',), 0)]
    if lemma[-1] in 'أءئؤ':
        if lemma.endswith('اء') and form in ('1', '4', '10') and len(lemma) > 2:  # جاء, أساء
            short = lemma[:-2]
            return _hamza(lemma, ('PV0', 'PVT', 'PVA'), ('PVW',), (), ()) + [(short + 'ئ', ('PVC',), 0)]
        return _hamza(lemma, ('PV0', 'PVT', 'PVA'), ('PVW',), (), ('PVC',))
    if _is_hollow(lemma) and form in ('1', '4', '7', '8', '10'):
        return [(lemma, PV[:4], 0), (lemma[:-2] + lemma[-1], ('PVC',), 0)]
    if _is_doubled(lemma, form):
        return [(lemma, PV[:4], 0), (lemma + lemma[-1], ('PVC',), 0)]
    if form in ('5', '6'):  # تمثل is oftener she represents than he was represented
        return [(lemma, ('PV0',), 6), (lemma, PV[1:], 0)]
    return [(lemma, PV, 0)]


def _imperfect(lemma, form, stem):
    if stem[-1] in 'ىيوا' and len(stem) > 1:
        base = stem[:-1]
        forms = [(base, ('IVW',), 0), (base, ('IV0',), 10)]  # يرمون; the jussive يرم
        if stem[-1] in 'ىا':
            forms += [(stem, ('IV0',), 0), (base + 'ا', ('IV0', 'NEEDSPRON'), 0), (base + 'ي', ('IVA', 'IVN'), 0)]
        else:
            forms += [(stem, ('IV0', 'IVA', 'IVN'), 0)]
        return forms
    if stem[-1] in 'أءئؤ':
        forms = _hamza(stem, ('IV0', 'IVA'), ('IVW',), (), ('IVN',))
        if len(stem) > 2 and stem[-2] in 'يوا' and form in ('1', '4', '10'):
            forms += [(stem[:-2] + seat, ('IV0', 'IVN'), 6) for seat in 'أئؤ']
        return forms
    hollow = len(stem) >= 3 and stem[-2] in 'ويا' and form in ('1', '4', '7', '8', '10')
    if hollow and not (form == '1' and stem[-2] in 'وي' and len(lemma) == 3 and lemma[1] in 'وي'):
        return [(stem, IV[:3], 0), (_short(stem), ('IV0', 'IVN'), 2)]
    if _is_doubled(lemma, form):
        return [(stem, IV[:3], 0), (stem + stem[-1], ('IVN', 'IV0'), 4)]
    return [(stem, IV, 0)]


def _passive(lemma, form, stem):
    """Where the passive is written otherwise than the active."""
    rare = 6
    forms = _passive_perfect(lemma, form, stem, rare)
    if stem.endswith('ئ') and form != '1':  # يفاجئ, يفاجأ
        forms = forms + [(stem[:-1] + 'أ', IV[:1], rare)]
    return forms


def _passive_perfect(lemma, form, stem, rare):
    if lemma.endswith(('ى', 'ا')) and len(lemma) > 2:
        base = lemma[:-1]
        forms = [(base + 'ي', ('PV0', 'PVT', 'PVA', 'PVC'), rare), (base, ('PVW',), rare)]
        if stem[-1] in 'يو':
            forms += [(stem[:-1] + 'ى', ('IV0',), rare), (stem[:-1] + 'ي', ('IVA',), rare)]
        if form == '3':
            forms = [(f[0].replace('ا', 'و', 1), f[1], rare) for f in forms if 'PV0' in f[1]] + forms[2:]
        return forms
    if lemma.endswith('أ') and form not in ('1', '3'):  # أنشأ, أنشئت
        return [(lemma[:-1] + 'ئ', PV, rare)]
    if form == '10' and lemma[3] == 'أ':  # استأنف, استؤنف
        return [(lemma[:3] + 'ؤ' + lemma[4:], PV, rare)]
    if form == '3' and lemma.endswith('أ'):
        return [(lemma[:-1].replace('ا', 'و', 1) + 'ئ', PV, rare)]
    if form == '3' and 'ا' in lemma[1:]:
        return [(lemma[0] + lemma[1:].replace('ا', 'و', 1), PV, rare)]
    if form == '6' and 'ا' in lemma:
        return [(lemma.replace('ا', 'و', 1), PV, rare + 4)]
    if form in ('1', '4', '8', '10') and _is_hollow(lemma):
        perfect = lemma[:-2] + 'ي' + lemma[-1]
        if lemma[-1] == 'ء':
            perfect = lemma[:-2] + 'يء'
        forms = [(perfect, PV[:4], rare)]
        if stem[-2:-1] in ('و', 'ي'):
            forms.append((stem[:-2] + 'ا' + stem[-1], IV[:3], rare - 2 if form == '4' else rare + 2))
        return forms
    if form == '1' and len(lemma) == 3:
        if lemma[0] == 'و' and len(stem) == 2:  # يصل, يوصل
            return [(lemma, IV[:3], rare)]
        if lemma[0] == 'أ':  # أخذ, يؤخذ
            return [('ؤ' + lemma[1:], IV, rare)]
        if lemma[1] == 'أ':
            return [(lemma[0] + 'ئ' + lemma[2], PV, rare)]
        if lemma[2] == 'أ':
            return [(lemma[:2] + 'ئ', PV, rare)]
    if form == '4' and lemma.startswith('أو'):
        return [(stem, IV[:3], rare)]
    if form == '4' and lemma.startswith('آ'):
        return [('أو' + lemma[1:], PV, rare)]
    return []


def _imperative(lemma, form, stem, simple):
    groups = ('IMP',)
    if form in ('2', '3', '5', '6', 'q1', 'q2'):
        return []  # written like the perfect
    if not simple:
        return [(lemma[0] + stem, groups, 6)] if form == '4' and not lemma.startswith('آ') else []
    if lemma in ('أخذ', 'أكل', 'أمر'):
        return [(lemma[1:], groups, 10)]
    if len(stem) == 3 and stem[1] not in 'ويا':
        return [('ا' + stem, groups, 4)]
    if len(stem) == 2 and lemma[0] == 'و':  # ضع
        return [(stem, groups, 4)]
    if len(stem) == 3 and _is_hollow(lemma):  # قل
        return [(_short(stem), groups, 10), (stem, ('IMP',), 30)]
    return []
