// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fihris::reader {

/// A CSS selector of the plain kind: "article", ".body", "#story", "div.text[itemprop=articleBody]
/// p", several after commas. No pseudo-classes, no ">" or "+".
class Selector {
 public:
  /// \throws Error{invalid_argument} for what is not of that kind.
  explicit Selector(const std::string& text);
  bool matches(const xmlNode* element) const;

 private:
  struct Simple {
    std::string tag, id;
    std::vector<std::string> classes;
    std::vector<std::pair<std::string, std::string>> attributes;
  };
  static bool matches(const Simple& simple, const xmlNode* element);
  std::vector<std::vector<Simple>> alternatives_;  ///< each from the outermost inwards
};

/// The value of an attribute, or nothing. Views into the tree.
std::string_view attribute_of(const xmlNode* element, const char* name);

}  // namespace fihris::reader
