// SPDX-License-Identifier: GPL-2.0-or-later
#include "query/ast_json.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/json_reader.h"
#include "base/json_writer.h"
#include "fihris/date.h"
#include "fihris/error.h"

namespace fihris::query {
namespace {

constexpr std::array<std::pair<Kind, std::string_view>, 9> kKinds{{
    {Kind::none, "nothing"},
    {Kind::word, "word"},
    {Kind::phrase, "phrase"},
    {Kind::near, "near"},
    {Kind::all, "and"},
    {Kind::any, "or"},
    {Kind::negation, "not"},
    {Kind::field, "field"},
    {Kind::scope, "scope"},
}};
constexpr std::array<std::string_view, 3> kForms{"stem", "folded", "written"};
constexpr std::array<std::string_view, 2> kUnits{"sentence", "paragraph"};

std::string_view kind_name(Kind kind) {
  for (const auto& [known, name] : kKinds) {
    if (known == kind) return name;
  }
  return "";
}

void write_value(JsonWriter& json, const Value& value) {
  json.begin_object().field("text", value.text);
  if (value.only) json.field("only", true);
  if (value.members) json.field("members", true);
  if (!value.entities.empty()) {
    json.key("ids").begin_array();
    for (const auto& entity : value.entities) {
      json.value((entity.facet == Facet::faction ? "faction:" : "region:") + entity.id);
    }
    json.end_array();
  }
  if (value.days) {
    if (value.days->first > INT32_MIN) json.field("first", to_iso(from_days(value.days->first)));
    if (value.days->last < INT32_MAX) json.field("last", to_iso(from_days(value.days->last)));
  }
  if (!value.circles.empty()) {
    json.key("circles").begin_array();
    for (const auto& circle : value.circles) {
      json.begin_object().field("lat", circle.lat).field("lon", circle.lon);
      json.field("metres", circle.metres).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void write_node(JsonWriter& json, const Node& node) {
  json.begin_object().field("type", kind_name(node.kind));
  json.key("at").begin_array().value(node.begin).value(node.end).end_array();
  if (node.kind == Kind::word || node.kind == Kind::phrase) {
    json.field("text", node.text);
    if (node.form != Form::stem) json.field("form", kForms[static_cast<std::size_t>(node.form)]);
    if (node.pattern) json.field("pattern", true);
    if (node.fuzzy >= 0) json.field("fuzzy", node.fuzzy);
    if (node.field != Field::any) json.field("field", field_name(node.field));
  }
  if (node.distance >= 0) json.field("distance", node.distance);
  if (node.ordered) json.field("ordered", true);
  if (node.implicit) json.field("implicit", true);
  if (node.kind == Kind::scope) json.field("unit", kUnits[static_cast<std::size_t>(node.unit)]);
  if (node.kind == Kind::field) {
    json.field("field", field_name(node.field)).key("values").begin_array();
    for (const auto& value : node.values) write_value(json, value);
    json.end_array();
  }
  if (!node.children.empty()) {
    json.key("children").begin_array();
    for (const auto& child : node.children) write_node(json, child);
    json.end_array();
  }
  json.end_object();
}

[[noreturn]] void fail(const JsonValue& at, const std::string& what) {
  throw Error(ErrorCode::bad_query, "query tree, byte " + std::to_string(at.at) + ": " + what);
}

class Reader {
 public:
  Node node(const JsonValue& json, std::size_t depth = 0) {
    if (json.kind != JsonValue::Kind::object) fail(json, "a node is an object");
    if (depth >= limit::kDepth * 2) fail(json, "the tree is too deep");
    if (++nodes_ > 2 * limit::kClauses) fail(json, "the tree has too many nodes");
    Node node;
    node.kind = kind(json);
    read_at(json, node);
    node.text = text(json, "text");
    if (node.text.size() > limit::kBytes) fail(json, "a text is too long");
    node.form = static_cast<Form>(choice(json, "form", kForms));
    node.unit = static_cast<Unit>(choice(json, "unit", kUnits));
    node.pattern = flag(json, "pattern");
    node.ordered = flag(json, "ordered");
    node.implicit = flag(json, "implicit");
    node.fuzzy = number(json, "fuzzy", 2);
    node.distance = number(json, "distance", limit::kDistance);
    if (const auto* name = json.find("field")) {
      const auto field = field_named(name->string);
      if (!field) fail(*name, "no field of this name");
      node.field = *field;
    }
    if (const auto* values = json.find("values")) {
      for (const auto& value : values->items) node.values.push_back(this->value(value));
    }
    if (const auto* children = json.find("children")) {
      for (const auto& child : children->items)
        node.children.push_back(this->node(child, depth + 1));
    }
    check(json, node);
    return node;
  }

 private:
  static Kind kind(const JsonValue& json) {
    const auto* type = json.find("type");
    if (type == nullptr) fail(json, "\"type\" is missing");
    for (const auto& [kind, name] : kKinds) {
      if (name == type->string) return kind;
    }
    fail(*type, "no node type \"" + type->string + "\"");
  }
  static void read_at(const JsonValue& json, Node& node) {
    const auto* at = json.find("at");
    if (at == nullptr || at->items.size() != 2) return;
    const auto offset = [&](const JsonValue& value) {
      const double n = value.number;
      return n >= 0 && n <= 1e9 ? static_cast<std::size_t>(n) : std::size_t{0};
    };
    node.begin = offset(at->items[0]);
    node.end = offset(at->items[1]);
  }
  static std::string text(const JsonValue& json, std::string_view name) {
    const auto* member = json.find(name);
    return member == nullptr ? std::string() : member->string;
  }
  static bool flag(const JsonValue& json, std::string_view name) {
    const auto* member = json.find(name);
    return member != nullptr && member->truth;
  }
  static int number(const JsonValue& json, std::string_view name, int most) {
    const auto* member = json.find(name);
    if (member == nullptr) return -1;
    if (!(member->number >= 0) || member->number > most) {
      fail(*member, "\"" + std::string(name) + "\" is 0 to " + std::to_string(most));
    }
    return static_cast<int>(member->number);
  }
  template <std::size_t Size>
  static std::size_t choice(const JsonValue& json, std::string_view name,
                            const std::array<std::string_view, Size>& names) {
    const auto* member = json.find(name);
    if (member == nullptr) return 0;
    for (std::size_t i = 0; i < Size; ++i) {
      if (names[i] == member->string) return i;
    }
    fail(*member, "no such " + std::string(name));
  }

  Value value(const JsonValue& json) {
    if (++nodes_ > 2 * limit::kClauses) fail(json, "the tree has too many nodes");
    Value value;
    value.text = json.kind == JsonValue::Kind::string ? json.string : text(json, "text");
    if (value.text.empty()) fail(json, "a value needs \"text\"");
    value.only = flag(json, "only");
    value.members = flag(json, "members");
    return value;
  }

  static void check(const JsonValue& json, const Node& node) {
    const auto children = node.children.size();
    switch (node.kind) {
      case Kind::word:
      case Kind::phrase:
        if (node.text.empty()) fail(json, "\"text\" is missing");
        if (node.field != Field::any && !is_text_field(node.field)) {
          fail(json, "a word stands in text, title or author");
        }
        break;
      case Kind::near:
        if (children != 2 || node.distance < 1)
          fail(json, "near needs two children and a distance");
        break;
      case Kind::negation:
      case Kind::scope:
        if (children != 1) fail(json, "one child is wanted");
        break;
      case Kind::field:
        if (node.values.empty()) fail(json, "\"values\" is missing");
        if (node.field == Field::any || is_text_field(node.field)) {
          fail(json, "words of a text field are nodes of type word with \"field\"");
        }
        break;
      default:
        break;
    }
  }

  std::size_t nodes_ = 0;
};

}  // namespace

std::string to_json(const Node& root) {
  JsonWriter json;
  json.begin_object().field("format", 1).key("query");
  write_node(json, root);
  return json.end_object().take();
}

Node from_json(std::string_view text) {
  JsonValue json;
  try {
    json = parse_json(text, 4 * limit::kDepth + 8);
  } catch (const Error& e) {
    throw Error(ErrorCode::bad_query, std::string("query tree: ") + e.what());
  }
  const auto* query = json.find("query");
  return Reader().node(query != nullptr ? *query : json);
}

}  // namespace fihris::query
