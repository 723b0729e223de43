/**
 * System V inter-process communication of one node (sysvipc(7)): semaphores and message queues.
 * Like the file package it sees marshalled calls only and answers outcomes; it belongs to one
 * island. Shared memory is the kernel's, since it has to do with address spaces and stay reasons.
 */
package org.godwit.engine.kernel.ipc;
