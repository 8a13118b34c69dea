rc=0; $CORDON simulate --vessels 10 -o nowhere || rc=$?; test ! -e nowhere && exit $rc
