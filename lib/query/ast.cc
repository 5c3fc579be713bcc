// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ast.h"

#include <algorithm>
#include <array>

#include "fihris/analysis.h"

namespace fihris::query {
namespace {

/// Names in folded spelling; the first row of a field is its canonical one.
struct FieldName {
  Field field;
  std::string_view en;
  std::string_view ar;
};
constexpr std::array kFieldNames{
    FieldName{Field::text, "text", "نص"},         FieldName{Field::title, "title", "عنوان"},
    FieldName{Field::source, "source", "مصدر"},   FieldName{Field::author, "author", "كاتب"},
    FieldName{Field::faction, "faction", "فصيل"}, FieldName{Field::region, "region", "منطقه"},
    FieldName{Field::near, "near", "قرب"},        FieldName{Field::date, "date", "تاريخ"},
    FieldName{Field::date, "published", "نشر"},   FieldName{Field::event, "event", "حدث"},
    FieldName{Field::entity, "entity", "كيان"},   FieldName{Field::about, "about", "موضوع"},
    FieldName{Field::has, "has", "فيه"},          FieldName{Field::lang, "lang", "لغه"},
    FieldName{Field::id, "id", "معرف"},           FieldName{Field::tag, "tag", "وسم"},
};

}  // namespace

bool same(const Node& a, const Node& b) {
  const auto same_value = [](const Value& x, const Value& y) {
    return x.text == y.text && x.only == y.only && x.members == y.members;
  };
  return a.kind == b.kind && a.text == b.text && a.form == b.form && a.pattern == b.pattern &&
         a.fuzzy == b.fuzzy && a.distance == b.distance && a.ordered == b.ordered &&
         a.field == b.field && a.unit == b.unit &&
         std::ranges::equal(a.values, b.values, same_value) &&
         std::ranges::equal(a.children, b.children, same);
}

std::string_view field_name(Field field) {
  for (const auto& row : kFieldNames) {
    if (row.field == field) return row.en;
  }
  return "any";
}

std::string_view field_name_ar(Field field) {
  switch (field) {
    case Field::region:
      return "منطقة";
    case Field::lang:
      return "لغة";
    default:
      for (const auto& row : kFieldNames) {
        if (row.field == field) return row.ar;
      }
  }
  return "";
}

std::optional<Field> field_named(std::string_view name) {
  const auto folded = Analyzer::fold(name);
  constexpr std::string_view kArticle = "ال";  // «العنوان:» is understood as «عنوان:»
  for (const auto& row : kFieldNames) {
    if (folded == row.en || folded == row.ar) return row.field;
    if (folded.starts_with(kArticle) && folded.substr(kArticle.size()) == row.ar) return row.field;
  }
  return std::nullopt;
}

}  // namespace fihris::query
