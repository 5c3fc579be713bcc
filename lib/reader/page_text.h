// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <libxml/tree.h>

#include <string>
#include <string_view>

#include "reader/selector.h"

namespace fihris::reader {

enum class Walk : unsigned char { on, past };  ///< past: not into the children

inline std::string_view element_name(const xmlNode* element) {
  return element->name == nullptr ? "" : reinterpret_cast<const char*>(element->name);
}

/// Calls `each` for `root` and all below it in the order of the text; `leave` after the children of
/// an element. No recursion: a page may be nested as deep as it likes.
template <class Each, class Leave>
void for_each_node(const xmlNode* root, Each&& each, Leave&& leave) {
  const auto* node = root;
  while (node != nullptr) {
    const bool into = each(node) == Walk::on && node->type == XML_ELEMENT_NODE;
    if (into && node->children != nullptr) {
      node = node->children;
      continue;
    }
    if (into) leave(node);
    while (node != root && node->next == nullptr) {
      node = node->parent;
      leave(node);
    }
    if (node == root) return;
    node = node->next;
  }
}
template <class Each>
void for_each_node(const xmlNode* root, Each&& each) {
  for_each_node(root, each, [](const xmlNode*) {});
}

/// All characters below an element.
std::string raw_text(const xmlNode* element);

/// The text of an article: of its <article> or the element that is marked as its body, else of the
/// block with most running text, else of the whole page; never scripts, menus, forms, footers.
/// \param known  the text as the page's metadata give it, or empty: taken where it is longer.
std::string article_text(const xmlNode* root, const std::string& known);
/// The text of all elements that match.
std::string selected_text(const xmlNode* root, const Selector& selector);

}  // namespace fihris::reader
