// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/resolve.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "analysis/words.h"
#include "base/tsv.h"
#include "fihris/analysis.h"
#include "fihris/date.h"
#include "query/days.h"

namespace fihris::query {
namespace {

constexpr std::size_t kNamedCandidates = 6;  ///< how many bearers of a name a warning lists

struct HasName {
  std::string_view typed;  ///< folded
  std::string_view name;
};
constexpr std::array kHasNames{
    HasName{"faction", "faction"},
    HasName{"فصيل", "faction"},
    HasName{"region", "region"},
    HasName{"منطقه", "region"},
    HasName{"event", "event"},
    HasName{"حدث", "event"},
    HasName{"date", "date"},
    HasName{"تاريخ", "date"},
    HasName{"title", "title"},
    HasName{"عنوان", "title"},
    HasName{"author", "author"},
    HasName{"كاتب", "author"},
    HasName{"source", "source"},
    HasName{"مصدر", "source"},
    HasName{"url", "url"},
    HasName{"رابط", "url"},
    HasName{"tag", "tag"},
    HasName{"وسم", "tag"},
    HasName{"candidate", "candidate"},
    HasName{"text", "text"},
    HasName{"نص", "text"},
    HasName{"مرشح", "candidate"},
};

/// A decimal number at the start of a folded text, and what follows it.
std::optional<std::pair<double, std::string_view>> leading_number(std::string_view text) {
  double value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (done.ec != std::errc() || done.ptr == text.data()) return std::nullopt;
  return std::pair{value, text.substr(static_cast<std::size_t>(done.ptr - text.data()))};
}

/// The first YYYY-MM-DD of a text that names no day (30 February); empty if there is none.
std::string impossible_day(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00";
  const auto folded = Analyzer::fold(text);
  for (std::size_t at = 0; at + kShape.size() <= folded.size(); ++at) {
    const auto part = std::string_view(folded).substr(at, kShape.size());
    const bool fits = std::equal(part.begin(), part.end(), kShape.begin(), [](char c, char wanted) {
      return wanted == '-' ? c == '-' : c >= '0' && c <= '9';
    });
    if (!fits) continue;
    if (!parse_iso_date(part)) return std::string(part);
    at += kShape.size() - 1;
  }
  return {};
}

/// Metres of "15km", "20كم", "500m", "3mi"; a bare number is kilometres.
std::optional<double> read_radius(std::string_view folded) {
  const auto number = leading_number(folded);
  if (!number || !(number->first >= 0) || number->first > 1e8) return std::nullopt;
  const auto unit = trim(number->second);
  for (const std::string_view km : {"", "km", "كم", "كيلومتر", "كيلو"}) {
    if (unit == km) return number->first * 1000;
  }
  if (unit == "m" || unit == "م" || unit == "متر") return number->first;
  if (unit == "mi" || unit == "ميل") return number->first * 1609.344;
  return std::nullopt;
}

class Resolver {
 public:
  Resolver(const Authority& authority, const QueryOptions& options,
           std::vector<QueryWarning> warnings)
      : authority_(authority), options_(options), warnings_(std::move(warnings)) {}

  Node resolve(Node node) {
    for (auto& child : node.children) child = resolve(std::move(child));
    if (node.kind == Kind::field) return resolve_field(std::move(node));
    std::erase_if(node.children, [](const Node& child) { return child.kind == Kind::none; });
    const bool needs_children = node.kind == Kind::all || node.kind == Kind::any ||
                                node.kind == Kind::near || node.kind == Kind::negation ||
                                node.kind == Kind::scope;
    if (needs_children && node.children.empty()) return {};
    return node;
  }
  std::vector<QueryWarning> take_warnings() { return std::move(warnings_); }

 private:
  void warn(const Value& value, std::string message) {
    warnings_.push_back({value.begin, value.end, std::move(message)});
  }

  Node resolve_field(Node node) {
    if (node.field == Field::near) node.values = join_points(std::move(node.values));
    std::vector<Value> known;
    std::vector<Node> words;
    for (auto& value : node.values) {
      if (resolve_value(node.field, value)) {
        known.push_back(std::move(value));
      } else if (auto word = as_words(value); word.kind != Kind::none) {
        words.push_back(std::move(word));
      }
    }
    node.values = std::move(known);
    if (words.empty()) return node.values.empty() ? Node{} : node;
    if (node.values.empty() && words.size() == 1) return std::move(words.front());
    Node either{.kind = Kind::any, .begin = node.begin, .end = node.end};
    if (!node.values.empty()) either.children.push_back(std::move(node));
    for (auto& word : words) either.children.push_back(std::move(word));
    return either;
  }

  /// True if the value means something in the field; it then holds what.
  bool resolve_value(Field field, Value& value) {
    switch (field) {
      case Field::faction:
        return resolve_entity({Facet::faction}, field, value);
      case Field::region:
        return resolve_entity({Facet::region}, field, value);
      case Field::entity:
      case Field::about:
        return resolve_entity({Facet::faction, Facet::region}, field, value);
      case Field::near:
        return resolve_place(value);
      case Field::date:
      case Field::event:
        value.days = read_days((value.only ? "=" : "") + value.text, options_.today);
        if (!value.days && value.only) value.days = read_days(value.text, options_.today);
        if (value.days && value.days->first > value.days->last) {
          warn(value, "this range ends before it begins");
        }
        if (!value.days) {
          const auto day = impossible_day(value.text);
          warn(value, (day.empty() ? "this is no date that is known here"
                                   : day + " is no day of the calendar") +
                          std::string("; searched as words"));
          warnings_.back().no_date = true;
        }
        return value.days.has_value();
      case Field::has:
        return true;
      default:
        return true;
    }
  }

  bool resolve_entity(const std::vector<Facet>& facets, Field field, Value& value) {
    if (!value.entities.empty()) return true;  // given with the tree
    std::string names;
    std::size_t count = 0;
    for (const auto facet : facets) {
      auto bearers = authority_.resolve(facet, value.text);
      // Who says Syria does not mean the village of that name in Logar.
      if (std::ranges::any_of(bearers, [](const Entity& e) { return e.kind == "country"; })) {
        std::erase_if(bearers, [](const Entity& e) { return e.kind == "village"; });
      }
      for (const auto& entity : bearers) {
        value.entities.push_back({facet, entity.id});
        if (count++ < kNamedCandidates) names += (names.empty() ? "" : ", ") + entity.id;
      }
    }
    if (value.entities.empty()) {
      const auto what = facets.size() > 1 ? "faction or region" : field_name(field);
      warn(value, "no " + std::string(what) + " of this name; searched as words");
      return false;
    }
    if (count > 1) {
      warn(value, std::to_string(count) + " entities bear this name, all are taken: " + names +
                      (count > kNamedCandidates ? " …" : ""));
    }
    return true;
  }

  /// A point is typed with a comma, which parts values: puts the two numbers together again.
  static std::vector<Value> join_points(std::vector<Value> values) {
    std::vector<Value> joined;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto folded = Analyzer::fold(values[i].text);
      const auto number = leading_number(folded);
      if (number && number->second.empty() && i + 1 < values.size()) {
        values[i].text += "," + values[i + 1].text;
        values[i].end = values[i + 1].end;
        joined.push_back(std::move(values[i++]));
      } else {
        joined.push_back(std::move(values[i]));
      }
    }
    return joined;
  }

  bool resolve_place(Value& value) {
    const auto folded = Analyzer::fold(value.text);
    std::string_view place = folded;
    double metres = Circle{}.metres;
    // the last part is a radius if it begins with a digit; ids of places have slashes too
    if (const auto slash = place.rfind('/'); slash != place.npos && slash + 1 < place.size() &&
                                             place[slash + 1] >= '0' && place[slash + 1] <= '9') {
      const auto radius = read_radius(place.substr(slash + 1));
      if (!radius) {
        warn(value, "a radius is a number with km, كم, m or mi; 25 km are taken");
      } else {
        metres = *radius;
      }
      place = place.substr(0, slash);
    }
    if (const auto lat = leading_number(place); lat && lat->second.starts_with(',')) {
      const auto lon = leading_number(lat->second.substr(1));
      if (lon && trim(lon->second).empty() && lat->first >= -90 && lat->first <= 90 &&
          lon->first >= -180 && lon->first <= 180) {
        value.circles.push_back({lat->first, lon->first, metres});
        return true;
      }
      warn(value, "a point is latitude,longitude in degrees; searched as words");
      return false;
    }
    return resolve_named_place(value, value.text.substr(0, value.text.rfind('/')), place, metres);
  }
  bool resolve_named_place(Value& value, const std::string& written, std::string_view folded,
                           double metres) {
    auto places = authority_.resolve(Facet::region, folded);
    if (places.empty()) places = authority_.resolve(Facet::region, written);
    std::string names;
    for (const auto& place : places) {
      // of a district and the town of its name the town is meant
      const auto seat = authority_.find(Facet::region, seat_of(place.id));
      const auto& centre = seat && seat->lat && seat->lon ? *seat : place;
      if (!centre.lat || !centre.lon) continue;
      value.circles.push_back({*centre.lat, *centre.lon, metres});
      if (value.circles.size() <= kNamedCandidates) names += (names.empty() ? "" : ", ") + place.id;
    }
    if (value.circles.empty()) {
      warn(value, places.empty() ? "no place of this name; searched as words"
                                 : "this place has no coordinates; searched as words");
      return false;
    }
    if (value.circles.size() > 1) {
      warn(value, std::to_string(value.circles.size()) +
                      " places bear this name, round all of them is searched: " + names);
    }
    return true;
  }

  static Node as_words(const Value& value) {
    Node node{.kind = Kind::phrase, .begin = value.begin, .end = value.end};
    node.text = value.text;
    analysis::WordTable words;
    const auto parts = analysis::tokenize(node.text, words);
    if (parts.empty()) return {};
    if (parts.size() == 1) node.kind = Kind::word;
    if (parts.size() > limit::kPhraseWords) node.text.resize(parts[limit::kPhraseWords - 1].end);
    return node;
  }

  const Authority& authority_;
  const QueryOptions& options_;
  std::vector<QueryWarning> warnings_;
};

}  // namespace

std::string seat_of(std::string_view id) {
  return std::string(id) + "/" + std::string(id.substr(id.rfind('/') + 1));
}

std::string_view has_name(std::string_view typed) {
  const auto folded = Analyzer::fold(typed);
  const auto found = std::ranges::find(kHasNames, std::string_view(folded), &HasName::typed);
  return found == kHasNames.end() ? typed : found->name;
}

ParseResult resolve(ParseResult parsed, const Authority& authority, const QueryOptions& options) {
  Resolver resolver(authority, options, std::move(parsed.warnings));
  ParseResult result{resolver.resolve(std::move(parsed.root)), {}};
  result.warnings = resolver.take_warnings();
  std::ranges::stable_sort(result.warnings, {}, &QueryWarning::begin);
  return result;
}

}  // namespace fihris::query
