// The body of a request as JSON, checked piece by piece; an error names the place in it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cordon/base/result.hpp"
#include "serve/http.hpp"

namespace cordon::serve {

// Reads members of a JSON object; the first fault is kept as the answer to give.
//
//   Body body(call.request);
//   const auto title = body.text("title", 200);
//   if (body.refusal()) return *body.refusal();
class Body {
 public:
  // Refuses what is no JSON object.
  explicit Body(const Request& request);
  ~Body();
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  // Text without control characters but line breaks, trimmed; empty where absent or null.
  std::string text(std::string_view name, std::size_t most_bytes);
  std::string required(std::string_view name, std::size_t most_bytes);
  std::vector<std::string> texts(std::string_view name, std::size_t most, std::size_t most_bytes);
  // Null where absent.
  const nlohmann::json* find(std::string_view name) const;
  const nlohmann::json& all() const { return *json_; }

  void refuse(std::string_view message, std::string_view where);
  const std::optional<Response>& refusal() const { return refusal_; }

 private:
  std::unique_ptr<nlohmann::json> json_;
  std::optional<Response> refusal_;
};

}  // namespace cordon::serve
