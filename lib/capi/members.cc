// SPDX-License-Identifier: GPL-2.0-or-later
#include "capi/members.h"

#include <cmath>

#include "fihris/error.h"

namespace fihris::capi {

Members::Members(std::string_view json, std::string what)
    : parsed_(parse_json(json.empty() ? "{}" : json)), object_(&parsed_), what_(std::move(what)) {
  if (parsed_.kind != JsonValue::Kind::object) {
    throw Error(ErrorCode::invalid_argument, what_ + ": wanted a JSON object");
  }
}

Members::Members(const JsonValue& object, std::string what)
    : object_(&object), what_(std::move(what)) {
  if (object.kind != JsonValue::Kind::object) {
    throw Error(ErrorCode::invalid_argument, what_ + ": wanted a JSON object");
  }
}

void Members::wrong(std::string_view name, std::string_view wanted) const {
  throw Error(ErrorCode::invalid_argument,
              what_ + ": \"" + std::string(name) + "\": wanted " + std::string(wanted));
}

const JsonValue* Members::take(std::string_view name) {
  known_.emplace(name);
  const auto* value = object_->find(name);
  return value == nullptr || value->kind == JsonValue::Kind::null ? nullptr : value;
}

bool Members::truth(std::string_view name, bool otherwise) {
  const auto* value = take(name);
  if (value == nullptr) return otherwise;
  if (value->kind != JsonValue::Kind::boolean) wrong(name, "true or false");
  return value->truth;
}

std::string Members::text(std::string_view name, std::string otherwise) {
  const auto* value = take(name);
  if (value == nullptr) return otherwise;
  if (value->kind != JsonValue::Kind::string) wrong(name, "a string");
  return value->string;
}

double Members::number(std::string_view name, double otherwise) {
  const auto* value = take(name);
  if (value == nullptr) return otherwise;
  if (value->kind != JsonValue::Kind::number) wrong(name, "a number");
  return value->number;
}

std::uint64_t Members::count(std::string_view name, std::uint64_t otherwise, std::uint64_t most) {
  const auto* value = take(name);
  if (value == nullptr) return otherwise;
  if (value->kind != JsonValue::Kind::number || value->number < 0 ||
      value->number > static_cast<double>(most) || std::floor(value->number) != value->number) {
    wrong(name, "a whole number from 0 to " + std::to_string(most));
  }
  return static_cast<std::uint64_t>(value->number);
}

std::vector<std::string> Members::texts(std::string_view name) {
  const auto* value = take(name);
  if (value == nullptr) return {};
  if (value->kind == JsonValue::Kind::string) return {value->string};
  std::vector<std::string> all;
  if (value->kind != JsonValue::Kind::array) wrong(name, "a string or an array of strings");
  for (const auto& item : value->items) {
    if (item.kind != JsonValue::Kind::string) wrong(name, "a string or an array of strings");
    all.push_back(item.string);
  }
  return all;
}

void Members::finish() const {
  for (const auto& [name, value] : object_->members) {
    if (known_.find(name) != known_.end()) continue;
    std::string listed;
    for (const auto& each : known_) listed += (listed.empty() ? "" : ", ") + each;
    throw Error(ErrorCode::invalid_argument, what_ + ": \"" + name + "\" is not known",
                "known are " + listed);
  }
}

std::string without_blanks(std::string_view json) {
  std::string out;
  bool quoted = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (!quoted && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) continue;
    out.push_back(c);
    if (quoted && c == '\\' && at + 1 < json.size()) {
      out.push_back(json[++at]);
    } else if (c == '"') {
      quoted = !quoted;
    }
  }
  return out;
}

}  // namespace fihris::capi
