// SPDX-License-Identifier: GPL-2.0-or-later
#include "index/words_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <tuple>

#include "fihris/error.h"
#include "index/article_data.h"
#include "index/postings.h"
#include "index/schema.h"

namespace fihris::index {
namespace {

static_assert(std::endian::native == std::endian::little, "word files are little-endian");

constexpr std::string_view kMagicWords = "FIHRISW1";

constexpr auto kMarks = kWordMarks;
constexpr auto kEndOfSentence = static_cast<std::uint32_t>(WordMark::end_of_sentence);
constexpr auto kEndOfParagraph = static_cast<std::uint32_t>(WordMark::end_of_paragraph);
constexpr auto kEndOfTitle = static_cast<std::uint32_t>(WordMark::end_of_title);

/// Sections in the order of the file.
enum Section : std::size_t {
  kWords,
  kWordEnds,
  kMentions,
  kMentionEnds,
  kForms,
  kFormEnds,
  kFormStems,
  kStems,
  kStemEnds,
  kSections
};

struct Header {
  std::array<char, 8> magic;
  std::uint64_t checksum;                      ///< CRC-32C of `sizes`
  std::array<std::uint64_t, kSections> sizes;  ///< bytes of each section, without padding
};

std::uint32_t checksum_of(const Header& header) {
  return crc32c({reinterpret_cast<const char*>(header.sizes.data()), sizeof header.sizes});
}

std::uint64_t padded(std::uint64_t size) { return (size + 7) / 8 * 8; }

Header make_header(const std::array<std::uint64_t, kSections>& sizes) {
  Header header{};
  std::copy(kMagicWords.begin(), kMagicWords.end(), header.magic.begin());
  header.sizes = sizes;
  header.checksum = checksum_of(header);
  return header;
}

template <class Value>
std::string_view bytes_of(std::span<const Value> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}
template <class Value>
std::string_view bytes_of(const std::vector<Value>& values) {
  return bytes_of(std::span<const Value>(values));
}

std::uint64_t size_of_code(std::uint64_t code) {
  std::uint64_t size = 1;
  for (; code >= 0x80; code >>= 7) ++size;
  return size;
}

}  // namespace

void fail_words(const std::string& name, const std::string& what) {
  throw Error(ErrorCode::index_damaged, name + ": " + what,
              "run `fihris check --repair` on the index: word files are built anew");
}

std::uint32_t ArticleWords::position(std::size_t word) const {
  if (word < title) return title_position(word);
  return kTextStart + static_cast<std::uint32_t>(word) - title;
}

void WordsView::read(std::uint32_t document, ArticleWords& article) const {
  article.forms.clear();
  article.sentence_ends.clear();
  article.paragraph_ends.clear();
  article.title = 0;
  bool in_title = true;
  each_word_code(words_of(document), [&](std::uint32_t code) {
    if (code >= kMarks) {
      if (code - kMarks >= form_stems.size()) fail_words("a word file", "a number that is no word");
      article.forms.push_back(code - kMarks);
      if (in_title) ++article.title;
      return true;
    }
    if (code == kEndOfTitle) {
      in_title = false;
      return true;
    }
    if (article.forms.empty()) fail_words("a word file", "a sentence without words");
    const auto last = article.position(article.forms.size() - 1);
    article.sentence_ends.push_back(last);
    if (code == kEndOfParagraph) article.paragraph_ends.push_back(last);
    return true;
  });
}

std::uint32_t PartWords::form(std::string_view folded, std::string_view stem) {
  const auto number = static_cast<std::uint32_t>(form_ends_.size());
  forms_ += folded;
  form_ends_.push_back(static_cast<std::uint32_t>(forms_.size()));
  stems_ += stem;
  stem_ends_.push_back(static_cast<std::uint32_t>(stems_.size()));
  form_stems_.push_back(number);
  return number;
}

void PartWords::word(std::uint32_t form) { put_number(words_, std::uint64_t{kMarks} + form); }
void PartWords::end_title() { put_number(words_, kEndOfTitle); }
void PartWords::end_sentence() { put_number(words_, kEndOfSentence); }
void PartWords::end_paragraph() { put_number(words_, kEndOfParagraph); }

void PartWords::end_document(std::string_view mentions) {
  mentions_ += mentions;
  word_ends_.push_back(words_.size());
  mention_ends_.push_back(mentions_.size());
}

WordsView PartWords::view() const {
  WordsView view;
  view.stem_ends = stem_ends_;
  view.stems = stems_;
  view.form_ends = form_ends_;
  view.forms = forms_;
  view.form_stems = form_stems_;
  view.word_ends = word_ends_;
  view.words = words_;
  view.mention_ends = mention_ends_;
  view.mentions = mentions_;
  return view;
}

void write_words(std::span<const WordSource> sources,
                 const std::function<void(std::string_view)>& write) {
  // All forms, without doubles: a form is its folded spelling and its stem.
  struct Form {
    std::string_view folded;
    std::string_view stem;
    std::uint64_t count = 0;
    std::uint32_t number = 0;  ///< in the file
    bool operator==(const Form& other) const {
      return folded == other.folded && stem == other.stem;
    }
  };
  struct Hash {
    std::size_t operator()(const Form& form) const {
      return std::hash<std::string_view>()(form.folded) * 31 +
             std::hash<std::string_view>()(form.stem);
    }
  };
  std::vector<Form> forms;
  std::vector<std::vector<std::uint32_t>> numbers(sources.size());
  {
    std::unordered_map<Form, std::uint32_t, Hash> known;
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const auto& view = sources[s].words;
      for (std::uint32_t i = 0; i < view.form_stems.size(); ++i) {
        const Form form{view.form(i), view.stem(view.form_stems[i])};
        const auto [at, fresh] = known.emplace(form, static_cast<std::uint32_t>(forms.size()));
        if (fresh) forms.push_back(form);
        numbers[s].push_back(at->second);
      }
      if (sources[s].file != nullptr) sources[s].file->release();
    }
  }

  const auto each_document = [&](const auto& each) {
    for (std::size_t s = 0; s < sources.size(); ++s) {
      const auto& view = sources[s].words;
      const Renumbering kept(view.documents(), sources[s].removed, 0);
      for (std::uint32_t i = 0; i < view.documents(); ++i) {
        if (kept(i) != Renumbering::kGone) each(view, i, numbers[s]);
      }
      if (sources[s].file != nullptr) sources[s].file->release();
    }
  };
  std::uint64_t marks = 0;
  std::uint64_t documents = 0;
  std::string mentions;
  std::vector<std::uint64_t> mention_ends;
  each_document([&](const WordsView& view, std::uint32_t document, const auto& number) {
    ++documents;
    each_word_code(view.words_of(document), [&](std::uint32_t code) {
      if (code < kMarks) {
        ++marks;
      } else if (code - kMarks < number.size()) {
        ++forms[number[code - kMarks]].count;
      } else {
        fail_words("a word file", "a number that is no word");
      }
      return true;
    });
    mentions += view.mentions_of(document);
    mention_ends.push_back(mentions.size());
  });

  // Frequent words get small numbers. Stems are numbered by bytes, so that one can be looked up.
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < forms.size(); ++i) {
    if (forms[i].count > 0) order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(forms[b].count, forms[a].folded, forms[a].stem) <
           std::tie(forms[a].count, forms[b].folded, forms[b].stem);
  });
  std::vector<std::string_view> stems;
  for (const auto i : order) stems.push_back(forms[i].stem);
  std::sort(stems.begin(), stems.end());
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  std::string stem_names, form_names;
  std::vector<std::uint32_t> stem_ends, form_ends, form_stems;
  for (const auto stem : stems) {
    stem_names += stem;
    stem_ends.push_back(static_cast<std::uint32_t>(stem_names.size()));
  }
  std::uint64_t word_bytes = marks;
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    auto& form = forms[order[rank]];
    form.number = rank;
    form_names += form.folded;
    form_ends.push_back(static_cast<std::uint32_t>(form_names.size()));
    form_stems.push_back(static_cast<std::uint32_t>(
        std::lower_bound(stems.begin(), stems.end(), form.stem) - stems.begin()));
    word_bytes += form.count * size_of_code(std::uint64_t{kMarks} + rank);
  }

  const Header header = make_header({word_bytes, documents * sizeof(std::uint64_t), mentions.size(),
                                     documents * sizeof(std::uint64_t), form_names.size(),
                                     form_ends.size() * sizeof(std::uint32_t),
                                     form_stems.size() * sizeof(std::uint32_t), stem_names.size(),
                                     stem_ends.size() * sizeof(std::uint32_t)});
  std::uint64_t size = 0;
  const auto append = [&](std::string_view bytes) {
    size += bytes.size();
    write(bytes);
  };
  const auto pad = [&] {
    constexpr std::string_view kZeros("\0\0\0\0\0\0\0", 7);
    append(kZeros.substr(0, padded(size) - size));
  };
  append({reinterpret_cast<const char*>(&header), sizeof header});
  std::vector<std::uint64_t> word_ends;
  std::uint64_t written = 0;
  std::string codes;
  each_document([&](const WordsView& view, std::uint32_t document, const auto& number) {
    codes.clear();
    each_word_code(view.words_of(document), [&](std::uint32_t code) {
      put_number(codes, code < kMarks
                            ? code
                            : std::uint64_t{kMarks} + forms[number[code - kMarks]].number);
      return true;
    });
    append(codes);
    written += codes.size();
    word_ends.push_back(written);
  });
  pad();
  for (const auto section :
       {bytes_of(word_ends), std::string_view(mentions), bytes_of(mention_ends),
        std::string_view(form_names), bytes_of(form_ends), bytes_of(form_stems),
        std::string_view(stem_names), bytes_of(stem_ends)}) {
    append(section);
    pad();
  }
}

void write_words(const std::string& path, std::span<const WordSource> sources) {
  FileWriter file(path);
  write_words(sources, [&](std::string_view bytes) { file.append(bytes); });
  file.close();
}

void write_part_words(const std::string& path, const WordsView& words) {
  const std::array<std::string_view, kSections> sections = {
      words.words,
      bytes_of(words.word_ends),
      words.mentions,
      bytes_of(words.mention_ends),
      words.forms,
      bytes_of(words.form_ends),
      bytes_of(words.form_stems),
      words.stems,
      bytes_of(words.stem_ends),
  };
  std::array<std::uint64_t, kSections> sizes{};
  for (std::size_t i = 0; i < kSections; ++i) sizes[i] = sections[i].size();
  const Header header = make_header(sizes);
  FileWriter file(path);
  file.append({reinterpret_cast<const char*>(&header), sizeof header});
  for (const auto section : sections) {
    file.append(section);
    file.append(std::string(padded(file.size()) - file.size(), '\0'));
  }
  file.close();
}

WordsFile::WordsFile(const std::string& path) : file_(path) {
  const auto bytes = file_.bytes();
  Header header;
  if (bytes.size() < sizeof header) fail_words(path, "shorter than the header of a word file");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagicWords ||
      header.checksum != checksum_of(header)) {
    fail_words(path, "not a word file");
  }
  std::array<std::string_view, kSections> sections;
  std::uint64_t at = sizeof header;
  for (std::size_t i = 0; i < kSections; ++i) {
    const auto size = header.sizes[i];
    if (at > bytes.size() || size > bytes.size() - at) fail_words(path, "cut short");
    sections[i] = bytes.substr(at, size);
    at = padded(at + size);
  }
  const auto view = [&]<class Value>(std::size_t section, std::span<const Value>& to) {
    if (sections[section].size() % sizeof(Value) != 0)
      fail_words(path, "a section has a wrong size");
    to = {reinterpret_cast<const Value*>(sections[section].data()),
          sections[section].size() / sizeof(Value)};
  };
  const auto check_ends = [&](const auto& ends, std::size_t size) {
    if (!std::is_sorted(ends.begin(), ends.end()) || (ends.empty() ? 0 : ends.back()) != size) {
      fail_words(path, "ends that do not ascend");
    }
  };
  view_.words = sections[kWords];
  view_.mentions = sections[kMentions];
  view_.forms = sections[kForms];
  view_.stems = sections[kStems];
  view(kWordEnds, view_.word_ends);
  view(kMentionEnds, view_.mention_ends);
  view(kFormEnds, view_.form_ends);
  view(kFormStems, view_.form_stems);
  view(kStemEnds, view_.stem_ends);
  check_ends(view_.word_ends, view_.words.size());
  check_ends(view_.mention_ends, view_.mentions.size());
  check_ends(view_.form_ends, view_.forms.size());
  check_ends(view_.stem_ends, view_.stems.size());
  if (view_.mention_ends.size() != view_.word_ends.size() ||
      view_.form_ends.size() != view_.form_stems.size()) {
    fail_words(path, "sections of unequal length");
  }
  const auto largest = std::max_element(view_.form_stems.begin(), view_.form_stems.end());
  if (largest != view_.form_stems.end() && *largest >= view_.stem_ends.size()) {
    fail_words(path, "a stem out of range");
  }
}

std::optional<std::uint32_t> WordsFile::find_stem(std::string_view stem) const {
  std::uint32_t low = 0;
  auto high = static_cast<std::uint32_t>(view_.stem_ends.size());
  while (low < high) {
    const auto middle = low + (high - low) / 2;
    if (view_.stem(middle) < stem) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == view_.stem_ends.size() || view_.stem(low) != stem) return std::nullopt;
  return low;
}

}  // namespace fihris::index
