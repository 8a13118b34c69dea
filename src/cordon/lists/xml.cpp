#include "cordon/lists/xml.hpp"

#include <algorithm>

#include "cordon/base/text.hpp"

namespace cordon::lists {
namespace {

// A node takes 64 bytes and more: this many are 1.5 GB at worst. The largest official file (OFAC advanced)
// has 5 M.
constexpr std::size_t kMostNodes = std::size_t{20} << 20;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The bytes as UTF-8. XML says what encoding it is in (UTF-8 where it says nothing); bytes that do not fit
// that are an error, not a guess.
base::Result<std::string> decode_xml(std::string bytes, const std::string& name) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF") ||
      bytes.substr(0, 4).find('\0') != std::string::npos) {
    return base::decode_text(bytes);
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  if (base::is_utf8(bytes)) return bytes;
  const std::string declaration =
      base::ascii_lower(std::string_view(bytes).substr(0, std::min(bytes.find("?>"), std::size_t{200})));
  for (const std::string_view latin : {"iso-8859-1", "windows-1252", "latin1"}) {
    if (declaration.find(latin) != std::string::npos) return base::latin1_to_utf8(bytes);
  }
  std::uint64_t line = 0;
  for (const std::string_view text : base::split(bytes, '\n')) {
    ++line;
    if (!base::is_utf8(text)) break;
  }
  return base::fail(
      "{}: line {}: bytes that are no UTF-8, the encoding the file declares; it is damaged or wrongly "
      "encoded",
      name, line);
}

}  // namespace

std::string_view xml_root(std::string_view head) {
  std::size_t at = 0;
  while (true) {
    at = head.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos || head[at] != '<' || at + 1 >= head.size()) return {};
    if (head[at + 1] == '?' || head[at + 1] == '!') {
      const std::string_view end = head.substr(at).starts_with("<!--") ? "-->" : ">";
      at = head.find(end, at);
      if (at == std::string_view::npos) return {};
      at += end.size();
      // The end of an internal DTD subset: the parser proper will refuse it with a clear message.
      if (const std::size_t next = head.find_first_not_of(" \t\r\n", at);
          next != std::string_view::npos && head[next] == ']') {
        at = head.find('>', next);
        if (at == std::string_view::npos) return {};
        ++at;
      }
      continue;
    }
    const std::size_t end = std::min(head.find_first_of(" \t\r\n/>", at), head.size());
    return without_prefix(head.substr(at + 1, end - at - 1));
  }
}

base::Result<XmlFile> XmlFile::parse(const Input& input, std::string_view root) {
  const std::string name = input.path().string();
  auto bytes = input.bytes();
  if (!bytes) return tl::unexpected(bytes.error());
  auto text = decode_xml(std::move(*bytes), name);
  if (!text) return tl::unexpected(text.error());
  if (base::trim(*text).empty()) return base::fail("{}: empty file, expected XML with <{}>", name, root);
  XmlFile file;
  file.text_ = std::make_unique<std::string>(std::move(*text));
  std::size_t nodes = 0;
  for (std::size_t i = 0; i < file.text_->size(); ++i) {
    const char c = (*file.text_)[i];
    if (c == '<' || c == '=') ++nodes;
    if (c == '\n') file.newlines_.push_back(static_cast<std::uint32_t>(i));
  }
  if (nodes > kMostNodes)
    return base::fail("{}: more than {} elements and attributes, no list has so many", name, kMostNodes);

  file.document_ = std::make_unique<pugi::xml_document>();
  const pugi::xml_parse_result result = file.document_->load_buffer_inplace(
      file.text_->data(), file.text_->size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    const auto line =
        std::upper_bound(file.newlines_.begin(), file.newlines_.end(),
                         static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(result.offset, 0))) -
        file.newlines_.begin() + 1;
    return base::fail("{}: line {}: broken XML ({}); the file may be cut off", name, line,
                      result.description());
  }
  for (const pugi::xml_node node : file.document_->children()) {
    if (node.type() == pugi::node_doctype &&
        std::string_view(node.value()).find('[') != std::string_view::npos) {
      return base::fail("{}: a DOCTYPE with declarations is not accepted in a list", name);
    }
  }
  if (local_name(file.root()) != root) {
    return base::fail("{}: expected root element <{}>, found <{}>", name, root, file.root().name());
  }
  return file;
}

std::uint64_t XmlFile::line_of(pugi::xml_node node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return 0;
  return static_cast<std::uint64_t>(
             std::upper_bound(newlines_.begin(), newlines_.end(), static_cast<std::uint32_t>(offset)) -
             newlines_.begin()) +
         1;
}

std::string_view local_name(pugi::xml_node node) {
  return without_prefix(node.name());
}

pugi::xml_node child(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node one : node.children()) {
    if (one.type() == pugi::node_element && local_name(one) == name) return one;
  }
  return {};
}

std::string_view node_text(pugi::xml_node node) {
  return base::trim(node.text().get());
}
std::string_view child_text(pugi::xml_node node, std::string_view name) {
  return node_text(child(node, name));
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_attribute one : node.attributes()) {
    if (without_prefix(one.name()) == name) return base::trim(one.value());
  }
  return {};
}

}  // namespace cordon::lists
