// SPDX-License-Identifier: GPL-2.0-or-later
#include "authority/load.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/tsv.h"
#include "base/utf8.h"
#include "fihris/error.h"

namespace fihris::authority {
namespace {

constexpr std::array<std::string_view, 18> kColumns{
    "id",   "kind",  "country",   "ar",  "en",  "names",      "marks",    "parent",   "member_of",
    "from", "until", "successor", "lat", "lon", "population", "wikidata", "geonames", "notes"};

/// Reads the rows of one file.
class Loader {
 public:
  Loader(std::string_view text, const std::string& file, std::vector<AuthorityFault>* faults,
         const Image* below)
      : table_(text, file), faults_(faults), below_(below) {
    for (const auto column : table_.header()) {
      if (std::find(kColumns.begin(), kColumns.end(), column) == kColumns.end()) {
        fault(1, "unknown column \"" + std::string(column) + "\"");
      }
    }
    const bool places = table_.has("lat");
    const bool actors = table_.has("parent") || table_.has("member_of");
    if (!table_.has("id") || places == actors) {
      fault(1, "the header needs id, and either lat and lon (regions) or parent (factions)");
    }
    facet_ = places ? Facet::region : Facet::faction;
  }

  void run(EntitySet& set) {
    for (const auto& row : table_.rows()) {
      const auto id = trim(table_.cell(row, "id"));
      if (id.starts_with('-')) {
        const std::pair key{facet_, std::string(id.substr(1))};
        const bool is_below = below_ != nullptr && below_->find(facet_, key.second) != kNone &&
                              set.removed.insert(key).second;
        if (set.entries.erase(key) == 0 && !is_below) {
          fault(row.line, "\"" + key.second + "\" is not there to be removed");
        }
        continue;
      }
      if (id.empty() ||
          id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-/.'") != id.npos) {
        fault(row.line, "id \"" + std::string(id) + "\": wanted a-z, 0-9, - and /");
        continue;
      }
      if (!seen_.insert(std::string(id)).second) {
        fault(row.line, "id \"" + std::string(id) + "\" stands twice in this file");
        continue;
      }
      set.entries.insert_or_assign({facet_, std::string(id)},
                                   EntitySet::Entry{read(row, id), table_.file(), row.line});
    }
  }

 private:
  Entity read(const TsvRow& row, std::string_view id) {
    const auto text = [&](std::string_view column) {
      return std::string(trim(table_.cell(row, column)));
    };
    Entity entity;
    entity.facet = facet_;
    entity.id = id;
    entity.kind = text("kind");
    entity.country = text("country");
    entity.ar = text("ar");
    entity.en = text("en");
    entity.from = text("from");
    entity.until = text("until");
    entity.successor = text("successor");
    entity.wikidata = text("wikidata");
    entity.geonames = text("geonames");
    const auto coalitions = text("member_of");  // outlives the views that split() returns
    for (const auto coalition : split(coalitions, '|'))
      entity.member_of.emplace_back(trim(coalition));
    if (facet_ == Facet::region) {
      if (const auto slash = id.rfind('/'); slash != id.npos) entity.parent = id.substr(0, slash);
      // sy/idlib lies in SY, unless the row says otherwise.
      if (const auto land = id.substr(0, id.find('/'));
          entity.country.empty() && land.size() == 2) {
        for (const char letter : land)
          entity.country +=
              letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
      }
    } else {
      entity.parent = text("parent");
    }
    entity.lat = number(row, "lat", 90);
    entity.lon = number(row, "lon", 180);
    const auto population = text("population");
    const auto end = population.data() + population.size();
    if (!population.empty() &&
        std::from_chars(population.data(), end, entity.population).ptr != end) {
      fault(row.line, "population \"" + population + "\" is no whole number");
    }
    if (entity.ar.empty() && entity.en.empty()) fault(row.line, "a row needs a name in ar or en");
    for (const auto* date : {&entity.from, &entity.until}) check_date(row.line, *date);
    // The marks of the row belong to its canonical Arabic name.
    if (!entity.ar.empty())
      entity.names.push_back(name(row.line, entity.ar + "[" + text("marks") + "]"));
    if (!entity.en.empty()) entity.names.push_back({.text = entity.en});
    for (const auto part : split(table_.cell(row, "names"), '|')) {
      if (auto added = name(row.line, part); !added.text.empty())
        entity.names.push_back(std::move(added));
    }
    return entity;
  }

  /// "النصرة[context,in=SY+LB]".
  EntityName name(std::uint64_t line, std::string_view written) {
    EntityName result;
    std::string_view marks;
    written = trim(written);
    if (const auto bracket = written.rfind('[');
        bracket != written.npos && written.ends_with(']')) {
      marks = written.substr(bracket + 1, written.size() - bracket - 2);
      written = trim(written.substr(0, bracket));
    }
    result.text = written;
    for (auto mark : split(marks, ',')) {
      mark = trim(mark);
      const auto equals = mark.find('=');
      const auto value = equals == mark.npos ? std::string_view{} : mark.substr(equals + 1);
      if (mark == "context") {
        result.context = true;
      } else if (mark == "ambiguous") {
        result.ambiguous = true;
      } else if (mark == "pejorative") {
        result.pejorative = true;
      } else if (mark == "short") {
        result.short_form = true;
      } else if (mark == "exact") {
        result.exact = true;
      } else if (mark == "query") {
        result.query_only = true;
      } else if (mark == "head") {
        // Endings of the first word are always tolerated.
      } else if (mark == "capital-for-government") {
        // Says that a capital's name often stands for its government; it is a place all the same.
      } else if (mark.starts_with("in=")) {
        for (const auto country : split(value, '+')) result.in.emplace_back(country);
      } else if (mark.starts_with("from=")) {
        result.from = value;
        check_date(line, result.from);
      } else if (mark.starts_with("until=")) {
        result.until = value;
        check_date(line, result.until);
      } else {
        fault(line, "name \"" + result.text + "\": unknown mark \"" + std::string(mark) + "\"");
      }
    }
    return result;
  }

  std::optional<double> number(const TsvRow& row, std::string_view column, double bound) {
    const auto text = std::string(trim(table_.cell(row, column)));
    if (text.empty()) return std::nullopt;
    double value = 0;
    const auto end = text.data() + text.size();
    if (std::from_chars(text.data(), end, value).ptr != end || value < -bound || value > bound) {
      fault(row.line, std::string(column) + " \"" + text + "\" is no number of degrees");
      return std::nullopt;
    }
    return value;
  }

  void check_date(std::uint64_t line, const std::string& date) {
    if (!date.empty() && !parse_iso_range(date)) {
      fault(line, "\"" + date + "\" is no date: wanted YYYY, YYYY-MM or YYYY-MM-DD");
    }
  }

  void fault(std::uint64_t line, const std::string& message) {
    if (faults_ == nullptr) {
      throw Error(ErrorCode::bad_format,
                  table_.file() + ":" + std::to_string(line) + ": " + message);
    }
    faults_->push_back({table_.file(), line, message});
  }

  TsvTable table_;
  std::vector<AuthorityFault>* faults_;
  const Image* below_;
  Facet facet_ = Facet::faction;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<Entity> EntitySet::entities() const {
  std::vector<Entity> all;
  all.reserve(entries.size());
  for (const auto& [key, entry] : entries) all.push_back(entry.entity);
  return all;
}

void overlay(EntitySet& set, std::string_view text, const std::string& file,
             std::vector<AuthorityFault>* faults, const Image* below) {
  Loader(text, file, faults, below).run(set);
}

}  // namespace fihris::authority
