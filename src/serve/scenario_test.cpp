// What test_state.hpp promises.
#include "serve/test_state.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "cordon/simulate/scenario.hpp"

namespace cordon::serve {

std::shared_ptr<const Snapshot> test_state() {
  static const std::shared_ptr<const Snapshot> made = [] {
    const auto folder =
        std::filesystem::temp_directory_path() / ("cordon-serve-test-" + std::to_string(::getpid()));
    auto scenario = simulate::Scenario::make(*simulate::preset("small"));
    EXPECT_TRUE(scenario && simulate::write_folder(*scenario, folder));
    Loading loading;
    loading.inputs.feeds = {folder / "feed.nmea"};
    loading.inputs.registry = folder / "registry.csv";
    loading.inputs.ownership = {folder / "ownership.ftm.json"};
    loading.inputs.program_version = "test";
    loading.weights = *watch::Weights::embedded();
    auto state = load(loading, 1);
    EXPECT_TRUE(state) << state.error().message;
    std::filesystem::remove_all(folder);
    return *state;
  }();
  return made;
}

std::string whole(const Response& response) {
  std::string out = response.body.empty() ? std::string(response.shared) : response.body;
  while (response.more) {
    auto piece = response.more();
    if (!piece) break;
    EXPECT_FALSE(piece->empty());
    out += *piece;
  }
  return out;
}
nlohmann::json json_of(const Response& response) {
  auto json = nlohmann::json::parse(whole(response), nullptr, false);
  EXPECT_FALSE(json.is_discarded());
  return json;
}

Asker::Asker(std::shared_ptr<const Snapshot> state) : state_(std::move(state)) {
  services.program_version = "test";
}

Response Asker::ask(Method method, std::string_view target, std::string_view body) {
  const auto mark = target.find('?');
  Match match = find_route(method, target.substr(0, mark));
  if (!match.route) return error(404, "no route");
  if (who.role < match.route->least) return error(403, "role");
  if (body.size() > match.route->body_limit) return error(413, "body");
  Request request;
  request.method = method;
  request.path = *percent_decode(target.substr(0, mark), false);
  if (mark != target.npos) request.params = *parse_query(target.substr(mark + 1));
  request.captures = std::move(match.captures);
  request.body = body;
  request.content_type = content_type;
  request.remote = "127.0.0.1";
  request.who = &who;
  return match.route->handler({request, state_, services});
}

void expect_refused(const Response& response, int status, std::string_view where) {
  EXPECT_EQ(response.status, status) << whole(response);
  const auto json = json_of(response);
  ASSERT_TRUE(json.contains("error")) << json.dump();
  const std::string message = json["error"]["message"];
  EXPECT_FALSE(message.empty());
  EXPECT_LT(message.size(), 300u);
  EXPECT_EQ(message.find('\n'), std::string::npos);
  EXPECT_EQ(json["error"].value("where", ""), where) << message;
}

}  // namespace cordon::serve
