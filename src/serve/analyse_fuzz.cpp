// A dropped file of any bytes: an analysis or a refusal in one sentence, and JSON in either case.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "serve/router.hpp"
#include "serve/services.hpp"
#include "serve/state.hpp"

namespace {

using namespace cordon;

void demand(bool holds) {
  if (!holds) __builtin_trap();
}

std::shared_ptr<const serve::Snapshot> embedded_lists() {
  auto weights = watch::Weights::embedded();
  demand(weights.has_value());
  auto made = serve::load({.inputs = {}, .weights = *weights}, 1);
  demand(made.has_value());
  return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto state = embedded_lists();
  static serve::Services services;
  static const serve::Principal who{"ana", serve::Role::analyst, false};
  serve::Request request;
  request.method = serve::Method::post;
  request.path = "/api/v1/analyse";
  request.params = {{"name", "dropped"}};
  request.body = {reinterpret_cast<const char*>(data), size};
  request.remote = "127.0.0.1";
  request.who = &who;
  const auto response = serve::routes::analyse({request, state, services});
  demand(response.status == 200 || (response.status >= 400 && response.status < 500));
  const auto said = nlohmann::json::parse(response.body, nullptr, false);
  demand(said.contains(response.status == 200 ? "result" : "error"));
  return 0;
}
