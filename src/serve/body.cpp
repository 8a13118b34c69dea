#include "serve/body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cordon/base/text.hpp"

namespace cordon::serve {
namespace {

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
}

}  // namespace

Body::Body(const Request& request) : json_(std::make_unique<nlohmann::json>()) {
  *json_ = nlohmann::json::parse(request.body, nullptr, false);
  if (json_->is_object()) return;
  refuse(json_->is_discarded() ? "the body is not JSON" : "the body must be a JSON object", "body");
  *json_ = nlohmann::json::object();
}

Body::~Body() = default;

void Body::refuse(std::string_view message, std::string_view where) {
  if (!refusal_) refusal_ = error(400, message, where);
}

const nlohmann::json* Body::find(std::string_view name) const {
  const auto found = json_->find(name);
  return found == json_->end() || found->is_null() ? nullptr : &*found;
}

std::string Body::text(std::string_view name, std::size_t most_bytes) {
  const auto* found = find(name);
  if (!found) return {};
  if (!found->is_string()) {
    refuse(fmt::format("{}: expected a text", name), name);
    return {};
  }
  const auto& whole = found->get_ref<const std::string&>();
  const auto text = base::trim(whole);
  if (text.size() > most_bytes)
    refuse(fmt::format("{}: expected at most {} bytes, found {}", name, most_bytes, text.size()), name);
  else if (has_control(text))
    refuse(fmt::format("{}: holds control characters", name), name);
  else
    return std::string(text);
  return {};
}

std::string Body::required(std::string_view name, std::size_t most_bytes) {
  auto found = text(name, most_bytes);
  if (found.empty()) refuse(fmt::format("{}: is missing", name), name);
  return found;
}

std::vector<std::string> Body::texts(std::string_view name, std::size_t most, std::size_t most_bytes) {
  std::vector<std::string> out;
  const auto* found = find(name);
  if (!found) return out;
  if (!found->is_array() || found->size() > most) {
    refuse(fmt::format("{}: expected a list of at most {} texts", name, most), name);
    return out;
  }
  for (std::size_t i = 0; i < found->size(); ++i) {
    const auto& one = (*found)[i];
    if (!one.is_string() || one.get_ref<const std::string&>().size() > most_bytes) {
      refuse(fmt::format("{}[{}]: expected a text of at most {} bytes", name, i, most_bytes),
             fmt::format("{}[{}]", name, i));
      return out;
    }
    out.push_back(one.get<std::string>());
  }
  return out;
}

}  // namespace cordon::serve
