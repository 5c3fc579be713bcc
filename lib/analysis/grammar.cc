// SPDX-License-Identifier: GPL-2.0-or-later
#include "analysis/grammar.h"

#include <algorithm>
#include <utility>

#include "analysis/grammar_tables.h"
#include "base/utf8.h"

namespace fihris::analysis {
namespace {

using lexicon::LexEntry;
using lexicon::WordClass;
using tables::letter;

constexpr int kUnknown = 70;     ///< what it costs that the lexicon does not know a core
constexpr int kMostFavour = 34;  ///< no lemma takes more off the cost of its affixes
constexpr int kLeastGuess = 45;  ///< no guess costs less
constexpr int kNisba = 22;       ///< what it costs that an adjective in ي is made up from a noun
constexpr std::array<int, 6> kClassCost{0, 0, 2, 4, 4, 0};

/// What it costs that the lexicon writes `known` where the text has `seen`; they fold to the same.
/// A hamza is often left out, seldom put where none belongs, and hardly ever inside a word.
int spelling_cost(std::uint8_t seen, std::uint8_t known, bool first, bool last, bool name) {
  if (seen == known) return 0;
  if (seen == letter(U'ا')) return known == letter(U'آ') ? 2 : 1;
  if ((seen == letter(U'أ') && known == letter(U'إ')) ||
      (seen == letter(U'إ') && known == letter(U'أ'))) {
    return name ? 6 : 10;  // إسبانيا, أسبانيا
  }
  if (known == letter(U'ا')) return first ? 10 : 40;
  if (last && (seen == letter(U'ي') || known == letter(U'ي')) &&
      (seen == letter(U'ى') || known == letter(U'ى'))) {
    return 12;
  }
  if (seen == letter(U'ى') && known == letter(U'ي')) return 2;  // بطىء
  return known == letter(U'ي') || known == letter(U'و') ? 20 : 14;
}

bool bears_hamza(std::uint8_t written) {
  return written >= letter(U'آ') && written <= letter(U'ئ') && written != letter(U'ا');
}

/// The first letters of a word, or the last backwards, in the packing of tables::pack. A letter
/// with a hamza is none of an affix: it has a byte that no affix has.
std::uint64_t pack_edge(const Letters& word, bool backwards) {
  std::uint64_t packed = 0;
  for (std::size_t i = 0; i < tables::Affix::kMax && i < word.size; ++i) {
    const std::size_t at = backwards ? word.size - 1u - i : i;
    const std::uint8_t byte = bears_hamza(word.written[at]) ? 0xFF : word.folded[at];
    packed |= std::uint64_t{byte} << (8 * i);
  }
  return packed;
}

/// Hashes of the letters from `start` to each later place.
using Hashes = std::array<std::uint32_t, Letters::kMax + 1>;
Hashes hashes_from(const Letters& word, std::size_t start) {
  Hashes hashes;
  std::uint32_t hash = 0;
  hashes[start] = 0;
  for (std::size_t i = start; i < word.size; ++i) {
    hash = lexicon::hash_step(hash, word.folded[i]);
    hashes[i + 1] = hash;
  }
  return hashes;
}

template <class Sink>
class Search {
 public:
  Search(const Letters& word, Sink& sink)
      : word_(word), sink_(sink), tail_(pack_edge(word, true)) {}

  void run() {
    find_endings();
    const auto first = word_.folded[0];
    const bool may_cut = first == letter(U'و') || first == letter(U'ف') || first == letter(U'ب') ||
                         first == letter(U'ل') || first == letter(U'ك') || first == letter(U'ا') ||
                         first == letter(U'س') || first == letter(U'م');
    const std::uint64_t head = pack_edge(word_, false);
    const std::size_t rows = may_cut ? tables::kProclitics.size() : 1;
    std::array<std::uint8_t, 12> found{};
    std::size_t count = 0;
    for (std::size_t row = 0; row < rows && count < found.size(); ++row) {
      const auto& text = tables::kProclitics[row].text;
      if (text.size < word_.size && (head & text.mask()) == text.forwards) {
        found[count++] = static_cast<std::uint8_t>(row);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      set_proclitics(found[i]);
      known_cores();
    }
    if (!sink_.wants(kLeastGuess)) return;
    for (std::size_t i = 0; i < count; ++i) {
      set_proclitics(found[i]);
      unknown_cores();
    }
  }

 private:
  const tables::Proclitics& proclitics() const { return tables::kProclitics[proclitics_]; }

  void set_proclitics(std::size_t row) {
    proclitics_ = row;
    start_ = tables::kProclitics[row].text.size - tables::kProclitics[row].shared;
  }

  void known_cores() {
    const auto groups = proclitics().groups;
    if (const auto here = groups & ~lexicon::kAnyImperfect; here != 0) {
      endings(start_, here, 0, false);
      if ((here & lexicon::kBare) != 0 && sink_.wants(kNisba)) nisba(start_);
    }
    if ((groups & lexicon::kAnyImperfect) != 0 && start_ + 2 < word_.size) imperfect(start_);
  }

  void unknown_cores() {
    if (proclitics().shared != 0) return;
    if ((proclitics().groups & lexicon::kBare) != 0) guesses(start_);
    if ((proclitics().groups & lexicon::kAnyImperfect) != 0 && start_ + 2 < word_.size) {
      guess_imperfect(start_);
    }
  }

  void imperfect(std::size_t start) {
    const auto person = word_.folded[start];
    if (person == letter(U'ي')) {
      if (word_.written[start] != letter(U'ي')) return;
      endings(start + 1, lexicon::kAnyImperfect, 0, true);
    } else if (person == letter(U'ت')) {
      endings(start + 1, lexicon::kAnyImperfect, 6, true);
    } else if (person == letter(U'ن')) {
      endings(start + 1, lexicon::kImperfect, 20, true);
    } else if (person == letter(U'ا')) {
      const auto written = word_.written[start];
      if (written == letter(U'إ')) return;
      endings(start + 1, lexicon::kImperfect, written == letter(U'أ') ? 24 : 34, true);
    }
  }

  void endings(std::size_t start, std::uint32_t groups, int cost, bool prefixed) {
    const auto hashes = hashes_from(word_, start);
    std::array<const LexEntry*, tables::Affix::kMax + 1> found{};  // by length of the ending
    unsigned sought = 0;
    for (std::size_t i = 0; i < ending_count_; ++i) {
      const auto& ending = tables::kEndings.rows[endings_[i]];
      if ((ending.groups & groups) == 0 || start + 2 + ending.text.size > word_.size) continue;
      if (ending.pronoun && proclitics().article) continue;
      if (!sink_.wants(proclitics().cost + ending.cost + cost - kMostFavour)) continue;
      const std::size_t end = word_.size - ending.text.size;
      const std::size_t length = ending.text.size;
      if ((sought >> length & 1) == 0) {
        sought |= 1u << length;
        found[length] = lexicon::find(word_.folded.data() + start, end - start, hashes[end]);
      }
      if (found[length] != nullptr) {
        look_up(found[length], start, end, groups, endings_[i], cost, prefixed);
      }
    }
  }

  bool ends_with(const tables::Affix& affix) const {
    return affix.size <= word_.size && (tail_ & affix.mask()) == affix.backwards;
  }

  /// The endings that the word has, whatever stands before them.
  void find_endings() {
    const auto& table = tables::kEndings;
    const auto keep = [&](std::size_t bucket) {
      for (std::size_t row = table.first[bucket]; row < table.first[bucket + 1]; ++row) {
        const auto& ending = table.rows[row];
        if (ending.text.size + 2u > word_.size || ending_count_ == endings_.size()) continue;
        if (!ends_with(ending.text) || (ending.pronoun && ends_in_teh())) continue;
        endings_[ending_count_++] = static_cast<std::uint8_t>(row);
      }
    };
    keep(0);
    keep(word_.folded[word_.size - 1] & 63u);
  }

  bool ends_in_teh() const { return word_.written[word_.size - 1] == letter(U'ة'); }

  void look_up(const LexEntry* entry, std::size_t start, std::size_t end, std::uint32_t groups,
               std::size_t row, int cost, bool prefixed) {
    const auto& ending = tables::kEndings.rows[row];
    cost += proclitics().cost + ending.cost;
    if (ending.groups == lexicon::kTeh && !ends_in_teh()) cost += 16;
    if ((ending.groups & lexicon::kUn) != 0 && proclitics().preposition &&
        word_.folded[end] == letter(U'و')) {
      cost += 40;
    }
    const bool narrative = (ending.groups & lexicon::kAnyPerfect) != 0 && start == 1 &&
                           word_.folded[0] == letter(U'و');
    if (end - start == 2 && !proclitics().article &&
        (ending.groups & (lexicon::kTeh | lexicon::kTehPron | lexicon::kAt)) == 0) {
      cost += (proclitics().text.size > 0 ? 6 : 0) + (ending.text.size > 0 ? 6 : 0);
    }
    for (;; ++entry) {
      if ((entry->groups & ending.groups & groups) != 0 &&
          (ending.pronoun || (entry->groups & lexicon::kNeedsPron) == 0) &&
          (entry->groups & (proclitics().article ? lexicon::kNoArticle : lexicon::kNeedsArticle)) ==
              0) {
        // a sentence of news often begins with و and a verb
        const int often = lexicon::kLemmas[entry->lemma].cost < 0 ? 9 : 4;
        const int told = !narrative ? 0 : (ending.pronoun ? often / 2 : often);
        emit({.cost = cost - told + entry_cost(*entry, start, end),
              .proclitics = static_cast<std::uint8_t>(proclitics_),
              .start = static_cast<std::uint8_t>(start),
              .end = static_cast<std::uint8_t>(end),
              .rule = static_cast<std::uint8_t>(row),
              .prefixed = prefixed,
              .kind = Cut::Kind::lexicon,
              .entry = entry});
      }
      if ((entry->groups & lexicon::kLast) != 0) break;
    }
  }

  int entry_cost(const LexEntry& entry, std::size_t start, std::size_t end) const {
    const auto& lemma = lexicon::kLemmas[entry.lemma];
    int cost = entry.cost + lemma.cost + kClassCost[lemma.word_class];
    if (lemma.stop != 0 && start == 1 && !proclitics().preposition) cost -= 8;  // ومن, وفي, فهو
    const unsigned char* known = lexicon::kStems + entry.stem_at;
    const bool name = lemma.word_class == static_cast<std::uint8_t>(WordClass::name);
    for (std::size_t i = start; i < end; ++i) {
      cost +=
          spelling_cost(word_.written[i], known[i - start], i == start, i + 1 == word_.size, name);
    }
    return cost;
  }

  void nisba(std::size_t start) {
    for (std::size_t row = 0; row < tables::kNisbaEndings.size(); ++row) {
      const auto& ending = tables::kNisbaEndings[row];
      if (start + 3 + ending.text.size > word_.size || !ends_with(ending.text)) continue;
      const std::size_t end = word_.size - ending.text.size;
      std::uint32_t hash = 0;
      for (std::size_t i = start; i < end; ++i) hash = lexicon::hash_step(hash, word_.folded[i]);
      nisba_of(start, end, hash, end - start, lexicon::kBare | lexicon::kTeh, row);
    }
  }

  void nisba_of(std::size_t start, std::size_t end, std::uint32_t hash, std::size_t length,
                std::uint32_t groups, std::size_t row) {
    const LexEntry* entry = lexicon::find(word_.folded.data() + start, length, hash);
    if (entry == nullptr) return;
    for (;; ++entry) {
      const auto word_class = lexicon::kLemmas[entry->lemma].word_class;
      if ((entry->groups & groups) != 0 && (entry->groups & lexicon::kNoNisba) == 0 &&
          word_class != static_cast<std::uint8_t>(WordClass::verb) &&
          word_class != static_cast<std::uint8_t>(WordClass::function)) {
        // بنكي is rather a dual or my bank than an adjective that no dictionary has
        const bool his = row == 1 && !ends_in_teh() && !proclitics().article;
        const int bare = his || (row == 0 && !proclitics().article) ? 14 : 0;
        emit({.cost = kNisba + bare + proclitics().cost + tables::kNisbaEndings[row].cost +
                      std::max(0, entry_cost(*entry, start, end)),
              .proclitics = static_cast<std::uint8_t>(proclitics_),
              .start = static_cast<std::uint8_t>(start),
              .end = static_cast<std::uint8_t>(end),
              .rule = static_cast<std::uint8_t>(row),
              .kind = Cut::Kind::nisba,
              .entry = entry});
      }
      if ((entry->groups & lexicon::kLast) != 0) break;
    }
  }

  void guesses(std::size_t start) {
    const bool article = proclitics().article;
    int cost = kUnknown + proclitics().cost;
    if (article) {
      const auto head = word_.folded[0];  // no name begins with وال, but many with فال
      const bool doubtful = start == 3 && (head == letter(U'ف') || head == letter(U'ك'));
      cost += doubtful ? 6 : -10;
    } else if (start > 0) {
      cost += guess_cut_cost(start);
    }
    if (word_.size - start < 3 && start > 0) return;
    for (std::size_t row = 0; row < tables::kGuesses.size(); ++row) {
      const auto& guess = tables::kGuesses[row];
      if (start + guess.core + guess.text.size > word_.size || !ends_with(guess.text)) continue;
      if ((guess.pronoun || guess.verb) && (article || ends_in_teh())) continue;
      if (guess.verb && word_.size - start > 6) continue;  // ساراييفوا is no verb
      emit({.cost = cost + guess.cost,
            .proclitics = static_cast<std::uint8_t>(proclitics_),
            .start = static_cast<std::uint8_t>(start),
            .end = static_cast<std::uint8_t>(word_.size - guess.text.size),
            .rule = static_cast<std::uint8_t>(row)});
    }
  }

  /// What cutting proclitics from an unknown word costs. Most words with و are the conjunction and
  /// a word; but foreign names begin with وا, وي, وو. A hamza on alef stands inside no word.
  int guess_cut_cost(std::size_t start) const {
    const auto next = word_.written[start];
    if (next == letter(U'أ') || next == letter(U'إ') || next == letter(U'آ')) return -20;
    const bool conjunction = start == 1 && word_.folded[0] == letter(U'و');
    const bool weak = next == letter(U'ا') || next == letter(U'ي') || next == letter(U'و') ||
                      next == letter(U'ل');
    return conjunction && word_.size - start >= 4 && !weak ? -12 : 10;
  }

  /// An imperfect of a verb that the lexicon does not know: the person is ي or ت.
  void guess_imperfect(std::size_t start) {
    const auto person = word_.folded[start];
    if (person != letter(U'ي') && person != letter(U'ت')) return;
    const auto first = word_.folded[start + 1];  // names like يورغن and ياكوف, hardly ever a verb
    if (first == letter(U'ا') || first == letter(U'و') || first == letter(U'ي')) return;
    std::size_t end = word_.size;
    int cost = kUnknown + proclitics().cost + (person == letter(U'ي') ? 0 : 14);
    if (end - start > 5 && word_.folded[end - 1] == letter(U'ن') &&
        word_.folded[end - 2] == letter(U'و')) {
      end -= 2;
      cost -= 10;
    }
    if (end - start < 4 || end - start > 6) return;
    emit({.cost = cost - 2,
          .proclitics = static_cast<std::uint8_t>(proclitics_),
          .start = static_cast<std::uint8_t>(start + 1),
          .end = static_cast<std::uint8_t>(end),
          .rule = 0,
          .prefixed = true});
  }

  void emit(const Cut& cut) { sink_(cut); }

  const Letters& word_;
  Sink& sink_;
  const std::uint64_t tail_;  ///< its last letters, packed
  std::size_t proclitics_ = 0;
  std::size_t start_ = 0;  ///< first letter after the proclitics
  std::array<std::uint8_t, 48> endings_{};
  std::size_t ending_count_ = 0;
};
static_assert(tables::kEndingCount <= 256);  // their numbers are single bytes

template <class Sink>
void each_cut(const Letters& word, Sink& sink) {
  if (word.size > 0) Search<Sink>(word, sink).run();
}

/// Keeps the cheapest cut, and wants none that cannot be cheaper.
struct Best {
  Cut cut;
  bool wants(int cost) const { return cost < cut.cost; }
  void operator()(const Cut& next) {
    if (next.cost < cut.cost) cut = next;
  }
};

struct All {
  std::vector<Cut> cuts;
  static bool wants(int /*cost*/) { return true; }
  void operator()(const Cut& next) { cuts.push_back(next); }
};

}  // namespace

Letters to_letters(std::string_view light) {
  Letters letters;
  for (std::size_t at = 0; at < light.size();) {
    const auto c = utf8::decode(light, at);
    at += c.length;
    std::uint8_t code = 0;
    if (c.code >= 0x621 && c.code <= 0x64A) {
      code = letter(c.code);
    } else {
      switch (c.code) {
        case U'ٱ':
          code = letter(U'ا');
          break;
        case U'ی':
        case U'ې':
          code = letter(U'ي');
          break;
        case U'ک':
        case U'گ':
        case U'ڪ':
          code = letter(U'ك');
          break;
        case U'پ':
          code = letter(U'ب');
          break;
        case U'چ':
          code = letter(U'ج');
          break;
        case U'ژ':
          code = letter(U'ز');
          break;
        case U'ڤ':
        case U'ڥ':
          code = letter(U'ف');
          break;
        case U'ە':
        case U'ہ':
        case U'ھ':
          code = letter(U'ه');
          break;
        default:
          break;
      }
    }
    if (code == 0 || letters.size == Letters::kMax) {
      letters.fits = false;
      return letters;
    }
    letters.written[letters.size] = code;
    letters.folded[letters.size++] = lexicon::fold_letter(code);
  }
  return letters;
}

Cut best_cut(const Letters& word) {
  Best best;
  best.cut.cost = 1 << 20;
  best.cut.end = static_cast<std::uint8_t>(word.size);
  each_cut(word, best);
  return best.cut;
}

std::vector<Cut> all_cuts(const Letters& word) {
  All all;
  each_cut(word, all);
  auto& cuts = all.cuts;
  std::stable_sort(cuts.begin(), cuts.end(),
                   [](const Cut& a, const Cut& b) { return a.cost < b.cost; });
  return std::move(all.cuts);
}

std::string letters_of(const Letters& word, std::size_t begin, std::size_t end) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i) {
    utf8::append(text, static_cast<char32_t>(0x620 + word.folded[i]));
  }
  return text;
}

std::string_view key_of(const Cut& cut, const Letters& word, std::string& buffer) {
  if (cut.kind == Cut::Kind::lexicon) return lexicon::key_of(lexicon::kLemmas[cut.entry->lemma]);
  buffer = letters_of(word, cut.start, cut.end);
  if (cut.kind == Cut::Kind::nisba) {
    buffer += "ي";
  } else if (cut.prefixed) {  // the perfect of a derived form begins with an alef
    const auto first = word.folded[cut.start];
    const std::size_t size = static_cast<std::size_t>(cut.end - cut.start);
    const bool alef = size >= 4 && first != letter(U'ا') &&
                      (first == letter(U'ن') || first == letter(U'س') ||
                       word.folded[cut.start + 1u] == letter(U'ت'));
    buffer = (alef ? "ا" : "") + buffer + "/v";
  } else {
    const auto& guess = tables::kGuesses[cut.rule];
    if (guess.keep > 0) buffer += letters_of(word, cut.end, cut.end + guess.keep);
    for (std::size_t i = 0; i < guess.tail.size; ++i) {
      utf8::append(buffer, static_cast<char32_t>(0x620 + guess.tail.letters[i]));
    }
    if (guess.verb) buffer += "/v";
  }
  return buffer;
}

std::string proclitics_of(const Cut& cut) {
  return std::string(tables::kProclitics[cut.proclitics].name);
}

std::string ending_of(const Cut& cut, const Letters& word) {
  return letters_of(word, cut.end, word.size);
}

std::string_view class_of(const Cut& cut) {
  constexpr std::array<std::string_view, 6> kNames{"noun", "noun_t", "adjective",
                                                   "verb", "name",   "function"};
  if (cut.kind == Cut::Kind::lexicon) {
    return kNames[lexicon::kLemmas[cut.entry->lemma].word_class];
  }
  if (cut.kind == Cut::Kind::nisba) return "adjective";
  return cut.prefixed || tables::kGuesses[cut.rule].verb ? "verb" : "unknown";
}

std::string reason_of(const Cut& cut) {
  if (cut.kind == Cut::Kind::guess) {
    return cut.prefixed ? "unknown verb, imperfect" : std::string(tables::kGuesses[cut.rule].why);
  }
  const auto written = lexicon::written_of(lexicon::kLemmas[cut.entry->lemma]);
  return (cut.kind == Cut::Kind::nisba ? "adjective in ي from " : "lexicon: ") +
         std::string(written);
}

}  // namespace fihris::analysis
