"$CORDON" law explain NO-SUCH
