// What the openMosix tools share. All they do is read and write /proc.
#ifndef MOSIX_H
#define MOSIX_H

#include "../userland.h"

// Whether this is an openMosix system at all; says so if not.
bool openmosix(void);
int own_node(void);                      // from /proc/hpc/admin/mospe; -1 when not configured
int node_list(int **nodes);              // of /proc/hpc/nodes, rising
// A number of a node ("load", "speed" ...); false while it cannot be read.
bool node_value(int node, const char *file, long *value);
bool node_up(int node);                  // bit 2 of its status
int node_named(const char *name);        // number, address or host name; -1
int process_node(int pid);               // where it runs; 0 at home, -1 unknown
bool admin_read(const char *file, long *value);
int admin_write(const char *file, const char *text); // 0, or says why and 1
// The stay reasons of a process with commas, "" for none.
void stay_reasons(int pid, char *text, size_t room);
// Moves a process; 0, or says why not and 1.
int send_process(int pid, const char *where);

#endif
