"$CORDON" permit kinds
"$CORDON" permit kinds CA-CERT
