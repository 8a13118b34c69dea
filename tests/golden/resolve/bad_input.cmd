show() { local status=0; "$@" || status=$?; echo "-- $status"; }
printf '' | show $CORDON resolve - 2>&1
printf 'id,name\n' | show $CORDON resolve - 2>&1
printf 'name,date_of_birth\nKim Chol,1970-01-01\nPak Yong,1980-02-02\n' | show $CORDON resolve - 2>&1
printf 'id,name\n1,Kim Chol\n1,Kim Chol\n2,Pak Yong\n' | show $CORDON resolve - 2>&1
{ printf 'id,name\n1,'; head -c 100000 /dev/zero | tr '\0' x; printf '\n2,Pak Yong\n'; } | show $CORDON resolve - 2>&1
printf 'id,name\n1,Kim\0 Chol\n2,Pak Yong\n' | show $CORDON resolve - 2>&1
printf 'id,name\n1,Jos\xe9\n2,Pak Yong\n' | show $CORDON resolve - 2>&1
printf 'id,name\n1,"Kim\n2,Pak\n' | show $CORDON resolve - 2>&1
printf '{"id":"1","name":"Kim Chol"}\n{"id":"2",\n{"id":"3","name":"Pak"}\n' | show $CORDON resolve - 2>&1
printf 'id,name,true_cluster\n1,Kim Chol,7\n2,Pak Yong,7\n' | show $CORDON resolve - 2>&1
show $CORDON resolve no_such_file.csv 2>&1
show $CORDON resolve people.csv --explain a1 nobody 2>&1
show $CORDON resolve people.csv --format ftm 2>&1
