// SPDX-License-Identifier: GPL-2.0-or-later
#include "reader/selector.h"

#include <algorithm>

#include "base/tsv.h"
#include "fihris/error.h"

namespace fihris::reader {
namespace {

std::string_view name_of(const xmlNode* element) {
  return reinterpret_cast<const char*>(element->name);
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string_view attribute_of(const xmlNode* element, const char* name) {
  for (const auto* a = element->properties; a != nullptr; a = a->next) {
    if (xmlStrcmp(a->name, reinterpret_cast<const xmlChar*>(name)) != 0) continue;
    if (a->children == nullptr || a->children->content == nullptr) return {};
    return reinterpret_cast<const char*>(a->children->content);
  }
  return {};
}

Selector::Selector(const std::string& text) {
  const auto refuse = [&](std::size_t at) {
    throw Error(
        ErrorCode::invalid_argument,
        "selector \"" + text + "\": cannot read it from character " + std::to_string(at + 1),
        "tag, .class, #id and [attribute=value], parted by blanks, several after commas");
  };
  std::size_t offset = 0;
  for (const auto part : split(text, ',')) {
    std::vector<Simple> chain;
    for (const auto word : split(trim(part), ' ')) {
      if (word.empty()) continue;
      Simple simple;
      std::size_t at = 0;
      const auto name = [&] {
        const auto begin = at;
        while (at < word.size() && is_name(word[at])) ++at;
        if (at == begin) refuse(offset + begin);
        return std::string(word.substr(begin, at - begin));
      };
      if (is_name(word[0])) simple.tag = name();
      if (word[0] == '*') ++at;
      while (at < word.size()) {
        const char c = word[at++];
        if (c == '.') {
          simple.classes.push_back(name());
        } else if (c == '#') {
          simple.id = name();
        } else if (c == '[') {
          auto attribute = name();
          std::string value;
          const auto close = word.find(']', at);
          if (close == word.npos) refuse(offset + at);
          if (at < close && word[at] == '=') {
            auto raw = word.substr(at + 1, close - at - 1);
            if (raw.size() > 1 && (raw[0] == '"' || raw[0] == '\''))
              raw = raw.substr(1, raw.size() - 2);
            value = raw;
          } else if (at != close) {
            refuse(offset + at);
          }
          simple.attributes.emplace_back(std::move(attribute), std::move(value));
          at = close + 1;
        } else {
          refuse(offset + at - 1);
        }
      }
      chain.push_back(std::move(simple));
    }
    if (chain.empty()) refuse(offset);
    alternatives_.push_back(std::move(chain));
    offset += part.size() + 1;
  }
  if (alternatives_.empty()) refuse(0);
}

bool Selector::matches(const Simple& simple, const xmlNode* element) {
  if (!simple.tag.empty() && simple.tag != name_of(element)) return false;
  if (!simple.id.empty() && simple.id != attribute_of(element, "id")) return false;
  const auto classes = split(attribute_of(element, "class"), ' ');
  for (const auto& wanted : simple.classes) {
    if (std::find(classes.begin(), classes.end(), wanted) == classes.end()) return false;
  }
  return std::all_of(simple.attributes.begin(), simple.attributes.end(), [&](const auto& pair) {
    const auto value = attribute_of(element, pair.first.c_str());
    return pair.second.empty() ? value.data() != nullptr : value == pair.second;
  });
}

bool Selector::matches(const xmlNode* element) const {
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const auto& chain) {
    auto at = chain.rbegin();
    if (!matches(*at, element)) return false;
    ++at;
    for (const auto* outer = element->parent; outer != nullptr && at != chain.rend();
         outer = outer->parent) {
      if (outer->type == XML_ELEMENT_NODE && matches(*at, outer)) ++at;
    }
    return at == chain.rend();
  });
}

}  // namespace fihris::reader
