// XML lists: parsed in place by pugixml, with no document type, no entities of its own and a bounded tree, so
// that an expansion attack or a flood of elements ends in one clear error.
#pragma once
#include <cstdint>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "cordon/lists/format.hpp"

namespace cordon::lists {

class XmlFile {
 public:
  // Fails on broken or cut-off XML and on bytes that do not fit the encoding (naming the line), on a DOCTYPE
  // with declarations, and on another root element than expected (local name).
  static base::Result<XmlFile> parse(const Input& input, std::string_view root);
  pugi::xml_node root() const { return document_->document_element(); }
  std::uint64_t line_of(pugi::xml_node node) const;

 private:
  std::unique_ptr<std::string> text_;  // the tree points into it
  std::vector<std::uint32_t> newlines_;
  std::unique_ptr<pugi::xml_document> document_;
};

// Local name of the root element as far as the head shows it; empty if the text is no XML.
std::string_view xml_root(std::string_view head);

// Names without their namespace prefix: publishers change namespaces between releases.
std::string_view local_name(pugi::xml_node node);
pugi::xml_node child(pugi::xml_node node, std::string_view name);
// Trimmed text of a child element; empty when there is none.
std::string_view child_text(pugi::xml_node node, std::string_view name);
std::string_view node_text(pugi::xml_node node);
std::string_view attribute(pugi::xml_node node, std::string_view name);
// f(node) for each child element of this local name.
template <class F>
void for_children(pugi::xml_node node, std::string_view name, F&& f) {
  for (const pugi::xml_node one : node.children()) {
    if (one.type() == pugi::node_element && local_name(one) == name) f(one);
  }
}

}  // namespace cordon::lists
