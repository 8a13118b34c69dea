$CORDON simulate --days 1 --vessels 100 --thin 3600 -o folder_is_a_file.cmd
