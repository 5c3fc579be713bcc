// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/record.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <deque>
#include <unordered_map>

#include "base/tsv.h"
#include "base/utf8.h"
#include "reader/clean.h"

namespace fihris::reader {
namespace {

enum Role : unsigned char { kId, kSource, kUrl, kDate, kTitle, kAuthor, kText, kRoles, kNone };
constexpr std::array<std::string_view, kRoles> kNames{"id",    "source", "url", "date",
                                                      "title", "author", "text"};

struct Synonym {
  std::string_view name;
  Role role;
};
/// Names seen in archives, in lower case; of two for one field the one further up is taken. They
/// stand in only where the field's own name does not stand in the record.
constexpr std::array kSynonyms{
    Synonym{"content", kText},
    Synonym{"body", kText},
    Synonym{"articlebody", kText},
    Synonym{"article_body", kText},
    Synonym{"fulltext", kText},
    Synonym{"full_text", kText},
    Synonym{"article", kText},
    Synonym{"story", kText},
    Synonym{"maintext", kText},
    Synonym{"headline", kTitle},
    Synonym{"published", kDate},
    Synonym{"published_at", kDate},
    Synonym{"publishedat", kDate},
    Synonym{"date_published", kDate},
    Synonym{"datepublished", kDate},
    Synonym{"date_publish", kDate},
    Synonym{"publish_date", kDate},
    Synonym{"pubdate", kDate},
    Synonym{"pub_date", kDate},
    Synonym{"publication_date", kDate},
    Synonym{"date_extracted", kDate},
    Synonym{"timestamp", kDate},
    Synonym{"link", kUrl},
    Synonym{"byline", kAuthor},
    Synonym{"authors", kAuthor},
    Synonym{"creator", kAuthor},
    Synonym{"publisher", kSource},
    Synonym{"newspaper", kSource},
    Synonym{"source_domain", kSource},
    Synonym{"site", kSource},
    Synonym{"guid", kId},
    Synonym{"docno", kId},
    Synonym{"docid", kId},
    Synonym{"_id", kId},
    Synonym{"العنوان", kTitle},
    Synonym{"عنوان", kTitle},
    Synonym{"عنوان الخبر", kTitle},
    Synonym{"عنوان المقال", kTitle},
    Synonym{"النص", kText},
    Synonym{"نص", kText},
    Synonym{"نص الخبر", kText},
    Synonym{"نص المقال", kText},
    Synonym{"المحتوى", kText},
    Synonym{"محتوى", kText},
    Synonym{"محتوى الخبر", kText},
    Synonym{"متن الخبر", kText},
    Synonym{"المتن", kText},
    Synonym{"الخبر", kText},
    Synonym{"المقال", kText},
    Synonym{"التاريخ", kDate},
    Synonym{"تاريخ", kDate},
    Synonym{"تاريخ النشر", kDate},
    Synonym{"الرابط", kUrl},
    Synonym{"رابط", kUrl},
    Synonym{"رابط الخبر", kUrl},
    Synonym{"الكاتب", kAuthor},
    Synonym{"كاتب", kAuthor},
    Synonym{"المؤلف", kAuthor},
    Synonym{"المصدر", kSource},
    Synonym{"مصدر", kSource},
    Synonym{"الصحيفة", kSource},
    Synonym{"الجريدة", kSource},
    Synonym{"الموقع", kSource},
    Synonym{"المعرف", kId},
    Synonym{"معرف", kId},
};

/// Where programs put the value of a field that is an object: WordPress (title.rendered),
/// schema.org and NewsAPI (source.name), exports of MongoDB (_id.$oid, date.$date).
struct Inner {
  Role role;
  std::string_view path;
};
constexpr std::array kInner{
    Inner{kTitle, "rendered"},
    Inner{kText, "rendered"},
    Inner{kAuthor, "name"},
    Inner{kSource, "name"},
    Inner{kId, "$oid"},
    Inner{kDate, "$date"},
    Inner{kDate, "$date.$numberLong"},
};

std::string lower(std::string_view name) {
  std::string out(name);
  for (auto& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
  return out;
}

struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};
template <class Value>
using Names = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

/// Where the value of a name goes. A lower rank goes before a higher one.
struct Place {
  Role role = kNone;
  std::size_t rank = 0;
};

struct Held {
  bool there = false;
  std::size_t rank = 0;
  ValueKind kind = ValueKind::null;
  std::string_view name;
  std::string_view text;
};

constexpr std::size_t kShown = 60;
constexpr std::size_t kShownNames = 6;
constexpr std::size_t kMostFaults = 20;  ///< told of one record

/// A value in a message, short and in quotes.
std::string shown(std::string_view text) {
  if (text.size() <= kShown) return '"' + one_line(text) + '"';
  return '"' + one_line(text.substr(0, utf8::floor_boundary(text, kShown))) + "…\"";
}

}  // namespace

struct RecordBuilder::Impl {
  struct Pair {
    std::string_view name;
    ValueKind kind;
    std::string_view text;
  };
  struct Path {
    Role role;
    std::string field;  ///< where it is no role: the name that the value gets
    std::string first;
    std::string rest;
  };

  ReaderOptions options;
  Names<Place> places;
  Names<std::string> renamed;  ///< of other fields; an empty name leaves it out
  std::vector<Path> paths;     ///< into objects
  std::array<Held, kRoles> held{};
  std::array<std::string, kRoles> owned;  ///< texts that were made here
  std::deque<std::string> made;           ///< the same, of objects
  std::vector<Pair> others;
  std::vector<std::string> faults;

  explicit Impl(const ReaderOptions& given) : options(given) {
    std::array<bool, kRoles> mapped{};
    for (const auto& [field, path] : options.map) {
      const auto found = std::find(kNames.begin(), kNames.end(), field);
      const auto role = static_cast<Role>(found - kNames.begin());
      if (role != kRoles) mapped[role] = true;
    }
    for (const auto& [name, role] : kSynonyms) {
      if (!mapped[role]) {
        places[std::string(name)] = {role,
                                     2 + static_cast<std::size_t>(&name - &kSynonyms[0].name)};
      }
    }
    for (std::size_t i = 0; i < kRoles; ++i) {
      if (!mapped[i]) places[std::string(kNames[i])] = {static_cast<Role>(i), 0};
    }
    for (const auto& [field, path] : options.map) {
      const auto found = std::find(kNames.begin(), kNames.end(), field);
      const auto role = static_cast<Role>(found - kNames.begin());
      if (path.empty()) {
        if (role == kRoles) renamed[field] = "";
        continue;
      }
      if (role == kRoles) {
        renamed[path] = field;
      } else {
        places[path] = {role, 0};
      }
      if (const auto dot = path.find('.'); dot != path.npos) {
        paths.push_back({role, field, path.substr(0, dot), path.substr(dot + 1)});
      }
    }
  }

  const Place* place_of(std::string_view name) const {
    auto found = places.find(name);
    if (found == places.end()) {
      if (name.size() > 32) return nullptr;
      found = places.find(lower(name));
    }
    return found == places.end() ? nullptr : &found->second;
  }

  void note(std::string message) {
    if (faults.size() < kMostFaults &&
        std::find(faults.begin(), faults.end(), message) == faults.end()) {
      faults.push_back(std::move(message));
    }
  }

  /// The string or number inside an object that stands where a field should.
  std::optional<JsonItem> inner_value(Role role, std::string_view object) const {
    for (const auto& inner : kInner) {
      if (inner.role != role) continue;
      auto found =
          find_path({ValueKind::object, std::string(object)}, inner.path, options.max_depth);
      if (found && (found->kind == ValueKind::string || found->kind == ValueKind::number)) {
        return found;
      }
    }
    return std::nullopt;
  }

  void hold(Role role, std::size_t rank, std::string_view name, ValueKind kind,
            std::string_view text) {
    auto& slot = held[role];
    if (slot.there && slot.name == name) {
      if (slot.text != text) {
        note("\"" + std::string(name) + "\" stands more than once: the last one is taken");
      }
    } else if (slot.there && slot.rank <= rank) {
      others.push_back({name, kind, text});
      return;
    } else if (slot.there) {
      others.push_back({slot.name, slot.kind, slot.text});
    }
    slot = {true, rank, kind, name, text};
  }

  void descend(std::string_view name, ValueKind kind, std::string_view text) {
    for (const auto& path : paths) {
      if (path.first != name) continue;
      auto found = find_path({kind, std::string(text)}, path.rest, options.max_depth);
      if (!found || found->kind == ValueKind::null) continue;
      if (path.role == kRoles) {
        extra.push_back({path.field, std::move(*found)});
      } else {
        owned[path.role] = std::move(found->text);
        hold(path.role, 0, path.field, found->kind, owned[path.role]);
      }
    }
  }

  /// The text of a field, or nothing and a fault.
  std::optional<std::string_view> text_of(Role role) {
    auto& slot = held[role];
    if (!slot.there || slot.kind == ValueKind::null) return std::nullopt;
    std::string_view text = slot.text;
    if (slot.kind == ValueKind::array && (role == kText || role == kAuthor)) {
      if (const auto strings = string_array(text, options.max_depth)) {
        std::string joined;
        for (const auto& string : *strings) {
          if (!joined.empty()) joined += role == kText ? "\n" : "، ";
          joined += string;
        }
        text = owned[role] = std::move(joined);
        slot.kind = ValueKind::string;
      }
    }
    const bool number = slot.kind == ValueKind::number && (role == kId || role == kDate);
    if (slot.kind != ValueKind::string && !number) {
      faults.push_back(std::string(slot.name) + ": expected a string, found " +
                       kind_name(slot.kind));
      return std::nullopt;
    }
    if (!is_valid(text)) text = owned[role] = valid(std::string(text));
    return text;
  }

  bool is_valid(std::string_view text) const {
    return trusted || simdjson::validate_utf8(text.data(), text.size());
  }

  bool trusted = false;
  Markup markup = Markup::as_found;
  bool replaced = false;
  std::string valid(std::string_view text) {
    if (is_valid(text)) return std::string(text);
    replaced = true;
    return utf8::sanitize(text);
  }

  /// Of JSON texts the places are kept, so that no line end comes to stand in a string.
  Article::Field field(std::string name, ValueKind kind, std::string_view value) {
    const bool json = kind != ValueKind::string;
    return {std::move(name), without_controls(valid(value), json ? Places::kept : Places::free),
            json};
  }

  struct Extra {
    std::string name;
    JsonItem item;
  };
  std::vector<Extra> extra;
};

RecordBuilder::RecordBuilder(const ReaderOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}
RecordBuilder::~RecordBuilder() = default;

const ReaderOptions& RecordBuilder::options() const { return impl_->options; }

void RecordBuilder::begin(Utf8 utf8, Markup markup) {
  impl_->markup = markup;
  impl_->trusted = utf8 == Utf8::valid;
  impl_->held.fill({});
  impl_->others.clear();
  impl_->made.clear();
  impl_->extra.clear();
  impl_->faults.clear();
  impl_->replaced = false;
}

bool names_content(std::string_view name) {
  static const RecordBuilder kPlain{ReaderOptions{}};
  return kPlain.is_content(name);
}

bool RecordBuilder::is_content(std::string_view name) const {
  const auto* place = impl_->place_of(name);
  return place != nullptr && (place->role == kText || place->role == kTitle);
}

void RecordBuilder::add(std::string_view name, ValueKind kind, std::string_view text) {
  if (!impl_->paths.empty() && (kind == ValueKind::object || kind == ValueKind::array)) {
    impl_->descend(name, kind, text);
  }
  const auto* place = impl_->place_of(name);
  if (place != nullptr && kind == ValueKind::object) {
    if (auto inner = impl_->inner_value(place->role, text)) {
      if (place->role == kAuthor || place->role == kSource) {
        impl_->others.push_back({name, kind, text});
      }
      const auto inner_kind = inner->kind;
      impl_->hold(place->role, place->rank, name, inner_kind,
                  impl_->made.emplace_back(std::move(inner->text)));
      return;
    }
  }
  if (place == nullptr || (place->rank > 0 && kind != ValueKind::string &&
                           kind != ValueKind::number && kind != ValueKind::array)) {
    impl_->others.push_back({name, kind, text});
  } else {
    impl_->hold(place->role, place->rank, name, kind, text);
  }
}

void RecordBuilder::note(std::string message) { impl_->note(std::move(message)); }

Outcome RecordBuilder::finish(std::string_view id) {
  auto& me = *impl_;
  Outcome outcome;
  Article article;
  const bool clean = me.options.clean;
  const bool resolve = clean && me.markup == Markup::as_found;
  const auto line = [&](Role role) {
    const auto text = me.text_of(role);
    if (!text) return std::string();
    return one_line(resolve && may_hold_markup(*text) && role != kUrl && role != kId
                        ? without_markup(*text)
                        : std::string(*text));
  };
  const auto text = me.text_of(kText);
  if (me.held[kText].there && !text && me.held[kText].kind != ValueKind::null) {
    outcome.faults = std::move(me.faults);
    return outcome;
  }
  if (text) {
    if (resolve && may_hold_markup(*text)) {
      article.text = without_controls(without_markup(*text), Places::free);
    } else {
      article.text = without_controls(*text, clean ? Places::free : Places::kept);
    }
  }
  article.id = line(kId);
  article.source = line(kSource);
  article.url = line(kUrl);
  if (clean) {
    article.title = line(kTitle);
  } else if (const auto title = me.text_of(kTitle)) {
    article.title = without_controls(*title, Places::kept);
  }
  article.author = line(kAuthor);
  if (const auto date = me.text_of(kDate); date && !trim(*date).empty()) {
    article.date = parse_publication_date(*date);
    if (!article.date && !one_line(*date).empty()) {
      me.faults.push_back("date: " + shown(*date) + " names no day of the calendar");
    }
  }
  for (const auto& [name, kind, value] : me.others) {
    if (kind == ValueKind::null || (kind == ValueKind::string && value.empty())) continue;
    const auto renamed = me.renamed.find(name);
    auto field = renamed == me.renamed.end() ? me.valid(name) : renamed->second;
    if (renamed != me.renamed.end() && field.empty()) continue;
    article.fields.push_back(me.field(one_line(field), kind, value));
  }
  for (auto& [name, item] : me.extra) {
    article.fields.push_back(me.field(one_line(name), item.kind, item.text));
  }
  if (me.replaced) me.faults.emplace_back("not valid UTF-8: each bad sequence became U+FFFD");
  outcome.faults = std::move(me.faults);
  if (trim(article.title).empty() && trim(article.text).empty()) {
    std::string names;
    if (!me.held[kText].there && !me.held[kTitle].there && me.markup == Markup::as_found) {
      for (std::size_t i = 0; i < me.others.size() && i < kShownNames; ++i) {
        names += (i == 0 ? "; it has " : ", ") + shown(me.others[i].name);
      }
      if (me.others.size() > kShownNames) names += " …";
    }
    if (!names.empty()) outcome.remedy = "--map text=NAME says which of them is the text";
    outcome.faults.push_back("neither title nor text" + names);
    return outcome;
  }
  if (article.id.empty()) article.id = one_line(me.valid(id));
  if (article.id.empty()) article.id = article_id(article);
  outcome.article = std::move(article);
  return outcome;
}

}  // namespace fihris::reader
