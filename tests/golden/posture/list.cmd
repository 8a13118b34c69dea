$CORDON posture list
