// PostgreSQL's client library, loaded when the first ledger on a server is opened: who keeps his ledger in a
// file needs neither the library nor the dozen others it brings.
#pragma once
#include <libpq-fe.h>

#include "cordon/base/result.hpp"

namespace cordon::ledger {

struct LibPq {
  decltype(&PQconnectdb) connectdb;
  decltype(&PQstatus) status;
  decltype(&PQfinish) finish;
  decltype(&PQerrorMessage) errorMessage;
  decltype(&PQexec) exec;
  decltype(&PQexecParams) execParams;
  decltype(&PQresultStatus) resultStatus;
  decltype(&PQresultErrorField) resultErrorField;
  decltype(&PQntuples) ntuples;
  decltype(&PQgetvalue) getvalue;
  decltype(&PQgetlength) getlength;
  decltype(&PQclear) clear;
  decltype(&PQdb) db;
  decltype(&PQuser) user;
  decltype(&PQhost) host;
  decltype(&PQparameterStatus) parameterStatus;
  decltype(&PQsetNoticeProcessor) setNoticeProcessor;

  static base::Result<const LibPq*> load();
};

}  // namespace cordon::ledger
