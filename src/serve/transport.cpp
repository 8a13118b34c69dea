#include "serve/transport.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

namespace cordon::serve {
namespace {

SSL* ssl_of(void* ssl) {
  return static_cast<SSL*>(ssl);
}

std::string last_tls_error() {
  std::string text(256, '\0');
  ::ERR_error_string_n(::ERR_get_error(), text.data(), text.size());
  return text.c_str();
}

Transport::Outcome plain(ssize_t result, Transport::State again) {
  if (result > 0) return {Transport::State::done, static_cast<std::size_t>(result)};
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {again, 0};
  if (result < 0 && errno == EINTR) return {again, 0};
  return {Transport::State::closed, 0};
}

}  // namespace

base::Result<std::shared_ptr<const TlsContext>> TlsContext::read(const std::string& certificate,
                                                                 const std::string& key) {
  SSL_CTX* context = ::SSL_CTX_new(::TLS_server_method());
  if (!context) return base::fail("TLS: {}", last_tls_error());
  const std::shared_ptr<const TlsContext> made(new TlsContext(context));
  ::SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  ::SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  // An idle connection holds no buffers: 10,000 of them would take 350 MB.
  ::SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  if (::SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
    return base::fail("{}: expected a certificate (PEM): {}", certificate, last_tls_error());
  if (::SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1)
    return base::fail("{}: expected a private key (PEM): {}", key, last_tls_error());
  if (::SSL_CTX_check_private_key(context) != 1)
    return base::fail("{}: not the key of the certificate {}", key, certificate);
  return made;
}

TlsContext::~TlsContext() {
  ::SSL_CTX_free(static_cast<SSL_CTX*>(context_));
}

Transport::Transport(int fd, const TlsContext* tls) : fd_(fd) {
  if (!tls) return;
  ssl_ = ::SSL_new(static_cast<SSL_CTX*>(tls->native()));
  if (!ssl_) return;
  ::SSL_set_fd(ssl_of(ssl_), fd);
  ::SSL_set_accept_state(ssl_of(ssl_));
}

Transport::Transport(Transport&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), ssl_(std::exchange(other.ssl_, nullptr)) {}

Transport::~Transport() {
  if (ssl_) ::SSL_free(ssl_of(ssl_));
  if (fd_ >= 0) ::close(fd_);
}

Transport::Outcome Transport::tls_outcome(int result) {
  if (result > 0) return {State::done, static_cast<std::size_t>(result)};
  const int why = ::SSL_get_error(ssl_of(ssl_), result);
  ::ERR_clear_error();
  if (why == SSL_ERROR_WANT_READ) return {State::want_read, 0};
  if (why == SSL_ERROR_WANT_WRITE) return {State::want_write, 0};
  return {State::closed, 0};
}

Transport::Outcome Transport::read(std::span<char> into) {
  if (ssl_) {
    ::ERR_clear_error();
    return tls_outcome(
        ::SSL_read(ssl_of(ssl_), into.data(), static_cast<int>(std::min<std::size_t>(into.size(), INT_MAX))));
  }
  return plain(::recv(fd_, into.data(), into.size(), 0), State::want_read);
}

Transport::Outcome Transport::write(std::string_view first, std::string_view second) {
  if (ssl_) {
    const std::string_view piece = first.empty() ? second : first;
    ::ERR_clear_error();
    return tls_outcome(::SSL_write(ssl_of(ssl_), piece.data(),
                                   static_cast<int>(std::min<std::size_t>(piece.size(), INT_MAX))));
  }
  iovec pieces[2] = {{const_cast<char*>(first.data()), first.size()},
                     {const_cast<char*>(second.data()), second.size()}};
  msghdr message{};
  message.msg_iov = pieces;
  message.msg_iovlen = second.empty() ? 1 : 2;
  return plain(::sendmsg(fd_, &message, MSG_NOSIGNAL), State::want_write);
}

void Transport::finish() {
  if (ssl_) ::SSL_shutdown(ssl_of(ssl_));
  ::ERR_clear_error();
  ::shutdown(fd_, SHUT_WR);
}

bool Transport::peer_gone() const {
  char byte = 0;
  const auto got = ::recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

}  // namespace cordon::serve
