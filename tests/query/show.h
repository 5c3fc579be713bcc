// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "query/ast.h"

namespace fihris::query {

/// A tree in the notation of tests/cases/queries.tsv.
inline std::string show(const Node& node) {
  const auto list = [&](const std::string& head) {
    std::string out = "(" + head;
    for (const auto& child : node.children) out += " " + show(child);
    return out + ")";
  };
  const auto word = [&](const std::string& text) {
    std::string out = node.field == Field::any ? "" : std::string(field_name(node.field)) + ":";
    out += node.form == Form::folded ? "=" : node.form == Form::written ? "==" : "";
    out += text + (node.pattern ? "*" : "");
    if (node.fuzzy >= 0) out += "~" + std::to_string(node.fuzzy);
    if (node.distance >= 0) out += "~" + std::to_string(node.distance);
    return out;
  };
  switch (node.kind) {
    case Kind::none:
      return "";
    case Kind::word:
      return word(node.text);
    case Kind::phrase:
      return word('"' + node.text + '"');
    case Kind::near:
      return list((node.ordered ? "adj " : "near ") + std::to_string(node.distance));
    case Kind::all:
      return list("and");
    case Kind::any:
      return list("or");
    case Kind::negation:
      return list("not");
    case Kind::scope:
      return list(node.unit == Unit::sentence ? "sentence" : "para");
    case Kind::field: {
      std::string out(field_name(node.field));
      char separator = ':';
      for (const auto& value : node.values) {
        out += separator + std::string(value.only ? "=" : "") + value.text;
        out += value.members ? "/" : "";
        separator = ',';
      }
      return out;
    }
  }
  return "?";
}

}  // namespace fihris::query
