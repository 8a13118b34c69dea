$CORDON patrol route sortie.txt --seed 3 --seconds 0.01
