// A running server, asked over sockets: the usual, the malformed, the slow and the hostile.
#include "serve/server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "serve/openapi.hpp"
#include "serve/test_client.hpp"

namespace cordon::serve {
namespace {

using Json = nlohmann::json;

class Serve : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = test_server(); }
  static void TearDownTestSuite() { server_.reset(); }
  static Reply ask(std::string_view method, std::string_view target, std::string_view body = {},
                   std::string_view headers = "Content-Type: application/json\r\n") {
    return serve::ask(*server_, method, target, body, headers);
  }
  static Reply raw(std::string_view bytes) {
    Client client(server_->port());
    client.send(bytes);
    return client.reply();
  }
  static std::unique_ptr<Server> server_;
};
std::unique_ptr<Server> Serve::server_;

TEST_F(Serve, TellsWhatIsLoaded) {
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  EXPECT_EQ(ask("GET", "/readyz").status, 200);
  const auto reply = ask("GET", "/api/v1/status");
  ASSERT_EQ(reply.status, 200);
  const auto status = Json::parse(reply.body);
  EXPECT_EQ(status["program"], "test");
  EXPECT_FALSE(status["lists"].empty());
  EXPECT_EQ(status["positions"], 0);
  EXPECT_NE(ask("GET", "/metrics").body.find("cordon_requests_total"), std::string::npos);
}

TEST_F(Serve, KeepsAConnectionAndAnswersInOrder) {
  Client client(server_->port());
  client.send(
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nothing.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
      "HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.reply().status, 200);
  EXPECT_EQ(client.reply().status, 404);
  const std::string rest = client.receive_until("}");
  EXPECT_EQ(rest.find("HTTP/1.1 200 OK"), 0u);
  const auto second = rest.find("HTTP/1.1 200 OK", 10);
  ASSERT_NE(second, std::string::npos);
  EXPECT_EQ(rest.substr(second - 4, 4), "\r\n\r\n") << "the answer to HEAD has no body";
}

TEST_F(Serve, TakesABodyInPiecesAndInChunks) {
  const std::string body = R"({"queries":[{"name":"Ri Yong Mu"}]})";
  Client client(server_->port());
  client.send("POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\nExpect: 100-continue\r\n\r\n");
  for (const char c : body) {
    client.send({&c, 1});
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(client.reply().status, 200);
  client.send("POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char c : body) client.send(std::string("1\r\n") + c + "\r\n");
  client.send("0\r\n\r\n");
  const auto reply = client.reply();
  EXPECT_EQ(reply.status, 200);
  EXPECT_FALSE(Json::parse(reply.body)["answers"][0]["hits"].empty());
}

TEST_F(Serve, EveryAnswerCarriesTheHeadersThatProtectABrowser) {
  for (const char* path : {"/", "/healthz", "/api/v1/none", "/docs", "/openapi.json"}) {
    const auto reply = ask("GET", path);
    EXPECT_NE(reply.header("Content-Security-Policy").find("default-src 'self'"), std::string::npos) << path;
    EXPECT_EQ(reply.header("Content-Security-Policy").find("unsafe"), std::string::npos) << path;
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(reply.header("Referrer-Policy"), "no-referrer") << path;
  }
}

TEST_F(Serve, MalformedRequestsAreAnsweredInOneLineAndEnd) {
  struct Case {
    std::string bytes;
    int status;
  };
  const std::string end = "Host: localhost\r\n\r\n";
  const Case cases[] = {
      {"nonsense\r\n\r\n", 400},
      {"GET / HTTP/9.9\r\n" + end, 505},
      {"GET  / HTTP/1.1\r\n" + end, 400},
      {"GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + std::string(20'000, 'a') + ": b\r\n\r\n", 431},
      {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n" + end, 431},
      {"POST /api/v1/screen HTTP/1.1\r\nContent-Length: x\r\n" + end, 400},
      {"POST /api/v1/screen HTTP/1.1\r\nContent-Length: -1\r\n" + end, 400},
      {"POST /api/v1/screen HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n" + end, 400},
      {"POST /api/v1/screen HTTP/1.1\r\nContent-Length: 99999999999\r\n" + end, 413},
      {"POST /api/v1/screen HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + end + "zz\r\n", 400},
      {"GET /%zz HTTP/1.1\r\n" + end, 400},
      {"GET /%00 HTTP/1.1\r\n" + end, 400},
      {"GET /%ff%fe HTTP/1.1\r\n" + end, 400},
      {"GET /?a=%zz HTTP/1.1\r\n" + end, 400},
      {"GET http://elsewhere/ HTTP/1.1\r\n" + end, 400},
      {"BREW /healthz HTTP/1.1\r\n" + end, 405},
      {"DELETE /healthz HTTP/1.1\r\n" + end, 405},
      {"GET /healthz HTTP/1.1\r\n\r\n", 421},
      {"GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 421},
  };
  for (const auto& each : cases) {
    const auto reply = raw(each.bytes);
    EXPECT_EQ(reply.status, each.status) << each.bytes.substr(0, 80) << reply.body;
    EXPECT_TRUE(Json::parse(reply.body, nullptr, false).contains("error")) << each.bytes.substr(0, 80);
  }
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
}

TEST_F(Serve, MalformedBodiesAreRefusedWithTheirPlace) {
  struct Case {
    const char *target, *body;
    int status;
    const char* where;
  };
  std::string deep(5000, '[');
  const Case cases[] = {
      {"/api/v1/screen", "", 400, ""},
      {"/api/v1/screen", "{", 400, ""},
      {"/api/v1/screen", "[]", 400, ""},
      {"/api/v1/screen", deep.c_str(), 400, ""},
      {"/api/v1/screen", "{\"queries\":[{\"name\":\"\xff\"}]}", 400, ""},
      {"/api/v1/screen", R"({"queries":{}})", 400, "queries"},
      {"/api/v1/screen", R"({"queries":[1]})", 400, "queries[0]"},
      {"/api/v1/screen", R"({"queries":[{},{"birth_date":{}}]})", 400, "queries[1].birth_date"},
      {"/api/v1/screen", R"({"queries":[{"schema":"Spaceship"}]})", 400, "queries[0].schema"},
      {"/api/v1/screen?limit=0", R"({"queries":[]})", 400, "limit"},
      {"/api/v1/screen?cutoff=nan", R"({"queries":[]})", 400, "cutoff"},
      {"/api/v1/compare", R"({"left":{"name":"a"}})", 400, "right"},
      {"/api/v1/compare", R"({"left":{"name":"a"},"right":{"entity":"none"}})", 404, "right.entity"},
      {"/match/default", R"({"queries":{"a":{"schema":"Person","properties":{"name":[{}]}}}})", 400,
       "queries.a.properties.name[0]"},
      {"/match/unknown", R"({"queries":{}})", 404, "dataset"},
      {"/api/v1/session", R"({"name":"a","password":"b"})", 409, ""},
  };
  for (const auto& each : cases) {
    const auto reply = ask("POST", each.target, each.body);
    EXPECT_EQ(reply.status, each.status) << each.target << ' ' << reply.body;
    const auto body = Json::parse(reply.body, nullptr, false);
    ASSERT_TRUE(body.contains("error")) << reply.body;
    EXPECT_EQ(body["error"].value("where", ""), each.where) << reply.body;
  }
  std::string many = R"({"queries":[)";
  for (int i = 0; i < 1001; ++i) many += i == 0 ? "{}" : ",{}";
  EXPECT_EQ(ask("POST", "/api/v1/screen", many + "]}").status, 413);
}

TEST_F(Serve, PathsLeadNowhereElse) {
  for (const char* path :
       {"/../../etc/passwd.txt", "/..%2f..%2fetc%2fpasswd.txt", "/%2e%2e/x.js", "//etc/passwd.txt",
        "/page/../x.js", "/..%5c..%5cx.js", "/index.html.gz", "/law/un/measures.json"}) {
    const auto reply = ask("GET", path);
    EXPECT_TRUE(reply.status == 404 || reply.status == 400) << path << ' ' << reply.status;
  }
}

TEST_F(Serve, HostileNamesComeBackInert) {
  // Markup, right-to-left override, zero-width blank, a line end for the log and the header.
  const std::string name = "<script>alert(1)</script>\u202Egnp\u200B\r\nSet-Cookie: a=b";
  const auto reply =
      ask("POST", "/match/default",
          Json{{"queries", {{name, {{"schema", "Person"}, {"properties", {{"name", {name}}}}}}}}}.dump());
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "application/json");
  EXPECT_EQ(reply.header("Set-Cookie"), "");
  EXPECT_TRUE(Json::parse(reply.body)["responses"].contains(name));
  const auto missing = ask("GET", "/api/v1/entities/%3Cscript%3E%0d%0aSet-Cookie:%20a=b");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Set-Cookie"), "");
}

TEST_F(Serve, OtherNamesAndOtherPagesAreRefused) {
  Client client(server_->port());
  client.send("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n");
  EXPECT_EQ(client.reply().status, 421) << "DNS rebinding";
  const std::string body = R"({"queries":[]})";
  EXPECT_EQ(ask("POST", "/api/v1/screen", body, "Origin: http://evil.example\r\n").status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/screen", body, "Origin: null\r\n").status, 403);
  EXPECT_EQ(ask("POST", "/api/v1/screen", body, "Sec-Fetch-Site: cross-site\r\n").status, 403);
  const std::string own = "Origin: http://127.0.0.1:" + std::to_string(server_->port()) + "\r\n";
  EXPECT_EQ(ask("POST", "/api/v1/screen", body, own).status, 200);
  EXPECT_EQ(ask("GET", "/api/v1/status", {}, "Origin: http://evil.example\r\n")
                .header("Access-Control-Allow-Origin"),
            "");
}

TEST_F(Serve, TheDescriptionNamesExactlyTheRoutes) {
  for (const auto& gap : openapi_gaps()) ADD_FAILURE() << gap;
  const auto document = Json::parse(ask("GET", "/openapi.json").body);
  std::size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items()) operations += methods.size();
  EXPECT_EQ(operations, routes_table().size());
  const auto page = ask("GET", "/docs").body;
  EXPECT_EQ(page.find("<script"), std::string::npos);
  EXPECT_NE(page.find("/api/v1/screen"), std::string::npos);
}

TEST_F(Serve, EventsComeAsTheyHappenAndGoOnWhereTheyStopped) {
  Client client(server_->port());
  client.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.receive_until("\"snapshot\":").find("text/event-stream"), std::string::npos);
  auto& hub = server_->services().hub;
  const auto number = hub.publish("alert", R"({"a":1})");
  EXPECT_NE(client.receive_until("\"a\":1}").find("event: alert"), std::string::npos);
  hub.publish("alert", R"({"a":2})");
  Client again(server_->port());
  again.send("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: " + std::to_string(number) +
             "\r\n\r\n");
  EXPECT_NE(again.receive_until("\"a\":2}").find("id: " + std::to_string(number + 1)), std::string::npos);
}

TEST_F(Serve, AReloadFailsNoRequest) {
  std::atomic<bool> done = false;
  std::atomic<int> asked = 0, failed = 0;
  std::thread asking([&] {
    Client client(server_->port());
    while (!done) {
      const auto reply =
          client.ask("POST", "/match/default",
                     R"({"queries":{"q":{"schema":"Person","properties":{"name":["Ri Yong Mu"]}}}})");
      ++asked;
      if (reply.status != 200 || Json::parse(reply.body)["responses"]["q"]["results"].empty()) ++failed;
    }
  });
  for (int i = 0; i < 3; ++i) {
    const auto before = server_->services().current.take()->number;
    // The new data answers a moment before its load has ended: until then another load is refused.
    auto reply = ask("POST", "/api/v1/reload");
    for (int k = 0; k < 3000 && reply.status == 409; ++k) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      reply = ask("POST", "/api/v1/reload");
    }
    EXPECT_EQ(reply.status, 202);
    for (int k = 0; k < 3000 && server_->services().current.take()->number == before; ++k)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EXPECT_EQ(server_->services().current.take()->number, before + 1);
  }
  done = true;
  asking.join();
  EXPECT_GT(asked, 0);
  EXPECT_EQ(failed, 0);
}

TEST(ServeLimits, SlowPeersAreEndedAndOthersServed) {
  auto options = test_options();
  options.limits.head = std::chrono::milliseconds(400);
  options.limits.idle = std::chrono::milliseconds(400);
  options.limits.body = std::chrono::milliseconds(400);
  const auto server = test_server(std::move(options));
  Client silent(server->port()), in_head(server->port()), in_body(server->port());
  in_head.send("GET / HTTP/1.1\r\nHost: local");
  in_body.send("POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
  EXPECT_EQ(ask(*server, "GET", "/healthz").status, 200);
  EXPECT_EQ(in_head.reply().status, 408);
  EXPECT_EQ(in_body.reply().status, 408);
  EXPECT_TRUE(silent.ended());
}

TEST(ServeLimits, ManyIdleConnectionsLeaveRoomAndTooManyAreClosed) {
  auto options = test_options();
  options.connections = 200;
  const auto server = test_server(std::move(options));
  std::vector<std::unique_ptr<Client>> slow;
  for (int i = 0; i < 150; ++i) {
    slow.push_back(std::make_unique<Client>(server->port()));
    slow.back()->send("GET / HTT");
  }
  EXPECT_EQ(ask(*server, "GET", "/healthz").status, 200);
  for (int i = 0; i < 100; ++i) slow.push_back(std::make_unique<Client>(server->port()));
  EXPECT_TRUE(slow.back()->ended());
  EXPECT_GT(server->services().metrics.refused_full.load(), 0u);
  slow.clear();
  int status = 0;
  for (int i = 0; i < 100 && status != 200; ++i) status = ask(*server, "GET", "/healthz").status;
  EXPECT_EQ(status, 200);
}

TEST(ServeLimits, StoppingAnswersWhatIsUnderWay) {
  auto server = test_server();
  Client idle(server->port()), busy(server->port());
  EXPECT_EQ(idle.ask("GET", "/healthz").status, 200);
  std::string body = R"({"queries":[)";
  for (int i = 0; i < 500; ++i)
    body += (i ? "," : "") + std::string(R"({"name":"Kim Jong )") + std::to_string(i) + "\"}";
  body += "]}";
  busy.send("POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
            std::to_string(body.size()) + "\r\n\r\n" + body);
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  std::thread stopping([&] { server->stop(std::chrono::seconds(10)); });
  EXPECT_EQ(busy.reply().status, 200);
  EXPECT_TRUE(idle.ended());
  stopping.join();
  EXPECT_EQ(ask(*server, "GET", "/healthz").status, 0);
}

TEST(ServeStart, OtherMachinesOnlyWithUsers) {
  auto options = test_options();
  options.address = "0.0.0.0";
  const auto refused = Server::start(std::move(options));
  ASSERT_FALSE(refused.has_value());
  EXPECT_NE(refused.error().message.find("--users"), std::string::npos);
}

}  // namespace
}  // namespace cordon::serve
