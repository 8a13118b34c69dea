// Passwords, tokens, sessions, roles, forged requests: on the parts, and on a server with users.
#include "serve/users.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "serve/sessions.hpp"
#include "serve/test_client.hpp"

namespace cordon::serve {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("cordon-serve-" + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  fs::path path_;
};

constexpr std::string_view kPassword = "correct horse battery";

TEST(Users, ArePutDownAndReadBackWithoutTheirSecrets) {
  const Folder folder;
  const auto file = folder / "users";
  Users users;
  ASSERT_TRUE(users.set("ana", Role::analyst, kPassword).has_value());
  const auto token = users.add_token("robot", Role::viewer);
  ASSERT_TRUE(token.has_value());
  ASSERT_TRUE(users.write(file).has_value());
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(text.find(kPassword), std::string::npos);
  EXPECT_EQ(text.find(*token), std::string::npos);
  EXPECT_NE(text.find("$argon2id$v=19$m=65536,t=3,p=1$"), std::string::npos);
  struct stat about {};
  ASSERT_EQ(::stat(file.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);

  const auto read = Users::read(file);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_TRUE(read->check_password("ana", kPassword));
  EXPECT_FALSE(read->check_password("ana", "correct horse batterz"));
  EXPECT_FALSE(read->check_password("robot", ""));
  EXPECT_FALSE(read->check_password("nobody", kPassword));
  ASSERT_NE(read->by_token(*token), nullptr);
  EXPECT_EQ(read->by_token(*token)->first, "robot");
  EXPECT_EQ(read->by_token("cordon-0"), nullptr);
}

TEST(Users, RefusesWhatIsNotSafe) {
  const Folder folder;
  Users users;
  EXPECT_FALSE(users.set("ana", Role::viewer, "short").has_value());
  EXPECT_FALSE(users.set("a na", Role::viewer, kPassword).has_value());
  EXPECT_FALSE(users.set("ana\nadmin admin", Role::viewer, kPassword).has_value());
  const auto open = folder / "open";
  std::ofstream(open) << "# nobody\n";
  ::chmod(open.c_str(), 0644);
  EXPECT_FALSE(Users::read(open).has_value()) << "others may read it";
  const auto bad = folder / "bad";
  std::ofstream(bad) << "\nana king $argon2id$x\n";
  ::chmod(bad.c_str(), 0600);
  const auto read = Users::read(bad);
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("line 2"), std::string::npos) << read.error().message;
}

TEST(Sessions, EndWhenIdleOldOrClosed) {
  auto now = Sessions::Clock::now();
  Sessions::Options options;
  options.clock = [&] { return now; };
  Sessions sessions(options);
  const auto first = sessions.open("ana");
  EXPECT_EQ(sessions.find(first.cookie)->user, "ana");
  EXPECT_FALSE(sessions.find(first.cookie + "0").has_value());
  EXPECT_FALSE(sessions.find("").has_value());
  now += options.idle + std::chrono::seconds(1);
  EXPECT_FALSE(sessions.find(first.cookie).has_value());
  const auto second = sessions.open("ana");
  for (int hour = 0; hour < 12; ++hour) {
    EXPECT_TRUE(sessions.find(second.cookie).has_value()) << hour;
    now += std::chrono::hours(1);
  }
  now += std::chrono::seconds(1);
  EXPECT_FALSE(sessions.find(second.cookie).has_value()) << "used all the time, but too old";
  const auto third = sessions.open("ana");
  sessions.close(third.cookie);
  EXPECT_FALSE(sessions.find(third.cookie).has_value());
}

TEST(Attempts, AreCountedAndForgiven) {
  auto now = Sessions::Clock::now();
  Attempts attempts(3, std::chrono::seconds(60), [&] { return now; });
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(attempts.allowed("ana"));
    attempts.failed("ana");
  }
  EXPECT_FALSE(attempts.allowed("ana"));
  EXPECT_TRUE(attempts.allowed("ben"));
  now += std::chrono::seconds(61);
  EXPECT_TRUE(attempts.allowed("ana"));
}

class WithUsers : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<Folder>();
    Users users;
    ASSERT_TRUE(users.set("ana", Role::analyst, kPassword).has_value());
    ASSERT_TRUE(users.set("vic", Role::viewer, kPassword).has_value());
    token_ = *users.add_token("robot", Role::viewer);
    ASSERT_TRUE(users.write(*folder_ / "users").has_value());
    auto options = test_options();
    options.guard.users = (*folder_ / "users").string();
    options.ledger = (*folder_ / "ledger").string();
    server_ = test_server(std::move(options));
  }
  static void TearDownTestSuite() {
    server_.reset();
    folder_.reset();
  }
  struct Login {
    std::string cookie, csrf;
    Reply reply;
  };
  static Login login(const std::string& name, std::string_view password = kPassword) {
    Login out;
    out.reply = ask(*server_, "POST", "/api/v1/session", Json{{"name", name}, {"password", password}}.dump());
    const auto set = out.reply.header("Set-Cookie");
    out.cookie = "Cookie: " + set.substr(0, set.find(';')) + "\r\n";
    if (out.reply.status == 200)
      out.csrf = "X-CSRF-Token: " + Json::parse(out.reply.body)["csrf"].get<std::string>() + "\r\n";
    return out;
  }
  static std::unique_ptr<Folder> folder_;
  static std::unique_ptr<Server> server_;
  static std::string token_;
};
std::unique_ptr<Folder> WithUsers::folder_;
std::unique_ptr<Server> WithUsers::server_;
std::string WithUsers::token_;

constexpr std::string_view kQueries = R"({"queries":[]})";

TEST_F(WithUsers, NobodyGetsNothing) {
  const auto reply = ask(*server_, "GET", "/api/v1/status");
  EXPECT_EQ(reply.status, 401);
  EXPECT_NE(reply.header("WWW-Authenticate"), "");
  EXPECT_EQ(ask(*server_, "GET", "/healthz").status, 200);
  EXPECT_TRUE(Json::parse(ask(*server_, "GET", "/api/v1/session").body)["user"].is_null());
  for (const Route& route : routes_table()) {
    if (route.least == Role::open) continue;
    EXPECT_EQ(ask(*server_, to_string(route.method), route.path).status, 401) << route.path;
  }
}

TEST_F(WithUsers, ACookieOpensAndItsTokenAllowsChanges) {
  const auto in = login("ana");
  ASSERT_EQ(in.reply.status, 200) << in.reply.body;
  const auto set = in.reply.header("Set-Cookie");
  EXPECT_NE(set.find("HttpOnly"), std::string::npos);
  EXPECT_NE(set.find("SameSite=Strict"), std::string::npos);
  EXPECT_EQ(ask(*server_, "GET", "/api/v1/status", {}, in.cookie).status, 200);
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, in.cookie).status, 403) << "no CSRF token";
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, in.cookie + "X-CSRF-Token: 0\r\n").status, 403);
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, in.cookie + in.csrf).status, 200);
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, in.cookie + in.csrf + "Origin: http://evil\r\n")
                .status,
            403);
  EXPECT_EQ(ask(*server_, "DELETE", "/api/v1/session", {}, in.cookie + in.csrf).status, 204);
  EXPECT_EQ(ask(*server_, "GET", "/api/v1/status", {}, in.cookie).status, 401) << "a replayed cookie";
}

TEST_F(WithUsers, RolesAreKept) {
  const auto viewer = login("vic");
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/reload", {}, viewer.cookie + viewer.csrf).status, 403);
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, viewer.cookie + viewer.csrf).status, 200);
  const std::string bearer = "Authorization: Bearer " + token_ + "\r\n";
  EXPECT_EQ(ask(*server_, "GET", "/api/v1/status", {}, bearer).status, 200);
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/screen", kQueries, bearer).status, 200)
      << "a token cannot be forged";
  EXPECT_EQ(ask(*server_, "POST", "/api/v1/reload", {}, bearer).status, 403);
  EXPECT_EQ(ask(*server_, "GET", "/api/v1/status", {}, "Authorization: Bearer x\r\n").status, 401);
}

TEST_F(WithUsers, GuessingIsSlowedAndWrittenDown) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(login("mallory", "not the password").reply.status, 401);
  const auto stopped = login("mallory", "not the password").reply;
  EXPECT_EQ(stopped.status, 429);
  EXPECT_NE(stopped.header("Retry-After"), "");
  const auto entries = server_->services().ledger->entries({});
  ASSERT_TRUE(entries.has_value());
  const auto refused = std::count_if(entries->begin(), entries->end(),
                                     [](const auto& entry) { return entry.kind == "session.refused"; });
  EXPECT_EQ(refused, 5);
}

}  // namespace
}  // namespace cordon::serve
