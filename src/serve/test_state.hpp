// For tests: a small simulated scenario, loaded as the server loads it, and calls of its handlers.
#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "serve/router.hpp"
#include "serve/services.hpp"
#include "serve/state.hpp"

namespace cordon::serve {

// Made once for all tests of the program: 200 vessels, two days.
std::shared_ptr<const Snapshot> test_state();

// The whole answer as the client reads it.
std::string whole(const Response& response);
nlohmann::json json_of(const Response& response);

// One program that asks. target: "/api/v1/events?type=gap"; the role is checked as the server checks it.
class Asker {
 public:
  explicit Asker(std::shared_ptr<const Snapshot> state = test_state());
  Response get(std::string_view target) { return ask(Method::get, target, {}); }
  Response post(std::string_view target, std::string_view body) { return ask(Method::post, target, body); }
  Response ask(Method method, std::string_view target, std::string_view body);

  Services services;
  Principal who{"ana", Role::analyst, false};
  std::string content_type = "application/json";

 private:
  std::shared_ptr<const Snapshot> state_;
};

// A refusal: the status, one sentence, and what it is about.
void expect_refused(const Response& response, int status, std::string_view where);

}  // namespace cordon::serve
