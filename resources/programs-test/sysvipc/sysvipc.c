/*
 * sysvipc [sem|msg]: what semaphores and message queues of System V answer (sysvipc(7)), one line per
 * question; both if none is named. Everything made is removed again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun {
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

static void say(const char *what, long result)
{
    if (result >= 0)
        printf("%s: %ld\n", what, result);
    else
        printf("%s: %s\n", what, strerrorname_np(errno));
    fflush(stdout);
}

static void pass(int millis)
{
    usleep((useconds_t) millis * 1000);
}

static pid_t born(void)
{
    fflush(stdout);
    return fork();
}

static int ended(pid_t child)
{
    int status;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void nothing(int signal)
{
    (void) signal;
}

static key_t some_key(void)
{
    return (key_t) (0x60d00000 | (getpid() & 0xfffff));
}

/* ------------------------------------------------------------------------------------- semaphores */

static int change(int id, int number, int by, int flags)
{
    struct sembuf op = {(unsigned short) number, (short) by, (short) flags};
    return semop(id, &op, 1);
}

static int value(int id, int number)
{
    return semctl(id, number, GETVAL);
}

static void semaphores(void)
{
    key_t key = some_key();
    say("none there", semget(key, 3, 0));
    say("no semaphores", semget(key, 0, IPC_CREAT | 0600));
    int id = semget(key, 3, IPC_CREAT | IPC_EXCL | 0640);
    say("made", id >= 0);
    say("again", semget(key, 3, IPC_CREAT | IPC_EXCL | 0600));
    say("found", semget(key, 2, 0) == id);
    say("any size", semget(key, 0, 0) == id);
    say("too many", semget(key, 4, 0));
    say("value", value(id, 0));
    say("no such number", value(id, 3));
    say("set", semctl(id, 1, SETVAL, (union semun){.val = 5}));
    say("set too much", semctl(id, 1, SETVAL, (union semun){.val = 32768}));
    unsigned short all[3] = {7, 8, 9};
    say("set all", semctl(id, 0, SETALL, (union semun){.array = all}));
    memset(all, 0, sizeof all);
    say("get all", semctl(id, 0, GETALL, (union semun){.array = all}));
    printf("%d %d %d\n", all[0], all[1], all[2]);
    struct semid_ds status;
    say("status", semctl(id, 0, IPC_STAT, (union semun){.buf = &status}));
    printf("%o %ld %d %d %d\n", status.sem_perm.mode, (long) status.sem_nsems, status.sem_otime == 0,
           status.sem_ctime > 0, status.sem_perm.uid == geteuid());
    say("bad command", semctl(id, 0, 99));
    say("bad set", semctl(-1, 0, GETVAL));

    say("down", change(id, 0, -7, 0));
    say("pid", semctl(id, 0, GETPID) == getpid());
    say("not now", change(id, 0, -1, IPC_NOWAIT));
    say("zero", change(id, 0, 0, 0));
    say("not zero", change(id, 1, 0, IPC_NOWAIT));
    say("bad number", change(id, 3, 1, 0));
    say("too great", change(id, 1, 32767, 0));
    struct sembuf two[] = {{1, -8, 0}, {2, -10, IPC_NOWAIT}};
    say("all or nothing", semop(id, two, 2));
    printf("%d %d\n", value(id, 1), value(id, 2));
    struct sembuf up_down[] = {{0, 3, 0}, {0, -2, 0}};
    say("one after another", semop(id, up_down, 2));
    say("value", value(id, 0));
    say("no operations", semop(id, two, 0));
    say("too many operations", semop(id, two, 501));
    struct timespec soon = {0, 20000000}, never = {0, -1};
    say("in time", semtimedop(id, &(struct sembuf){0, -5, 0}, 1, &soon));
    say("bad time", semtimedop(id, &(struct sembuf){0, -5, 0}, 1, &never));

    /* Others wait: two for one, one for zero. */
    pid_t child[3];
    for (int i = 0; i < 3; i++)
        if ((child[i] = born()) == 0)
            _exit(i == 2 ? change(id, 1, 0, 0) == 0 : change(id, 0, -2, 0) == 0);
    while (semctl(id, 0, GETNCNT) < 2 || semctl(id, 1, GETZCNT) < 1)
        pass(5);
    printf("%d %d %d\n", semctl(id, 0, GETNCNT), semctl(id, 0, GETZCNT), semctl(id, 1, GETZCNT));
    say("up", change(id, 0, 3, 0));
    printf("%d %d\n", ended(child[0]) + ended(child[1]), value(id, 0));
    say("to zero", change(id, 1, -8, 0));
    say("it saw zero", ended(child[2]));

    /* What is undone when a process ends. */
    semctl(id, 0, SETVAL, (union semun){.val = 1});
    if ((child[0] = born()) == 0) {
        change(id, 0, -1, SEM_UNDO);
        change(id, 2, 4, SEM_UNDO);
        change(id, 2, -1, SEM_UNDO);
        printf("within: %d %d\n", value(id, 0), value(id, 2));
        fflush(stdout);
        kill(getpid(), SIGKILL);
    }
    printf("%d\n", ended(child[0]));
    printf("undone: %d %d\n", value(id, 0), value(id, 2));
    if ((child[0] = born()) == 0) {
        change(id, 0, -1, SEM_UNDO);
        semctl(id, 0, SETVAL, (union semun){.val = 6});
        _exit(0);
    }
    ended(child[0]);
    say("set, not undone", value(id, 0));
    change(id, 0, 1, SEM_UNDO);
    if ((child[0] = born()) == 0)
        _exit(0);
    ended(child[0]);
    say("not a child's to undo", value(id, 0));

    if ((child[0] = born()) == 0) {
        struct sigaction act = {.sa_handler = nothing, .sa_flags = SA_RESTART};
        sigaction(SIGUSR1, &act, NULL);
        say("signal", change(id, 2, -100, 0));
        say("removed", change(id, 2, -100, 0));
        say("gone", change(id, 2, -100, 0));
        _exit(0);
    }
    while (semctl(id, 2, GETNCNT) < 1)
        pass(5);
    kill(child[0], SIGUSR1);
    pass(300);
    while (semctl(id, 2, GETNCNT) < 1)
        pass(5);
    status.sem_perm.mode = 0400;
    say("mode", semctl(id, 0, IPC_SET, (union semun){.buf = &status}));
    semctl(id, 0, IPC_STAT, (union semun){.buf = &status});
    printf("%o\n", status.sem_perm.mode);
    int removed = semctl(id, 0, IPC_RMID);
    ended(child[0]);
    say("remove", removed);
    say("remove", semctl(id, 0, IPC_RMID));
    say("private", (id = semget(IPC_PRIVATE, 1, 0600)) >= 0);
    say("remove", semctl(id, 0, IPC_RMID));
}

/* ------------------------------------------------------------------------------------------ queues */

struct message {
    long type;
    char text[8200];
};

static int put(int id, long type, const char *text, int flags)
{
    struct message message = {.type = type};
    strcpy(message.text, text);
    return msgsnd(id, &message, strlen(text), flags);
}

static void get(const char *what, int id, size_t most, long type, int flags)
{
    struct message message = {.type = 0};
    long n = msgrcv(id, &message, most, type, flags);
    if (n < 0)
        say(what, n);
    else
        printf("%s: %ld %ld %s\n", what, n, message.type, message.text);
    fflush(stdout);
}

static void queues(void)
{
    key_t key = some_key();
    say("none there", msgget(key, 0));
    int id = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
    say("made", id >= 0);
    say("again", msgget(key, IPC_CREAT | IPC_EXCL | 0600));
    say("found", msgget(key, 0) == id);
    say("type", put(id, 0, "x", 0));
    struct message big = {.type = 1};
    say("too long", msgsnd(id, &big, 8193, 0));
    get("nothing", id, 100, 0, IPC_NOWAIT);
    const char *texts[] = {"three", "one", "two", "three again", "five"};
    long types[] = {3, 1, 2, 3, 5};
    for (int i = 0; i < 5; i++)
        say("send", put(id, types[i], texts[i], 0));
    struct msqid_ds status;
    say("status", msgctl(id, IPC_STAT, &status));
    printf("%o %ld %ld %ld %d %d %d\n", status.msg_perm.mode, (long) status.msg_qnum, (long) status.msg_cbytes,
           (long) status.msg_qbytes, status.msg_lspid == getpid(), status.msg_lrpid, status.msg_rtime == 0);
    get("first", id, 100, 0, 0);
    get("of a type", id, 100, 3, 0);
    get("up to", id, 100, -2, 0);
    get("all but", id, 100, 2, MSG_EXCEPT);
    get("no such", id, 100, 9, IPC_NOWAIT);
    get("no room", id, 2, 0, 0);
    get("cut", id, 2, 0, MSG_NOERROR);
    get("empty", id, 100, 0, IPC_NOWAIT);
    say("empty message", put(id, 4, "", 0));
    get("empty message", id, 0, 0, 0);

    say("full", msgsnd(id, &big, 8192, 0));
    say("full", msgsnd(id, &big, 8192, 0));
    say("full", put(id, 2, "more", IPC_NOWAIT));
    pid_t child = born();
    if (child == 0)
        _exit(put(id, 2, "waited", 0) == 0);
    pass(300);
    printf("%ld\n", (long) msgrcv(id, &big, 8192, 0, 0));
    say("sent", ended(child));
    get("skips", id, 100, 2, 0);
    printf("%ld\n", (long) msgrcv(id, &big, 8192, 0, 0));

    if ((child = born()) == 0) {
        struct sigaction act = {.sa_handler = nothing, .sa_flags = SA_RESTART};
        sigaction(SIGUSR1, &act, NULL);
        get("waited", id, 100, 7, 0);
        get("signal", id, 100, 7, 0);
        get("removed", id, 100, 7, 0);
        _exit(0);
    }
    pass(300);
    put(id, 8, "not this", 0);
    put(id, 7, "this", 0);
    pass(300);
    kill(child, SIGUSR1);
    pass(300);
    status.msg_qbytes = 100;
    status.msg_perm.mode = 0600;
    say("bytes", msgctl(id, IPC_SET, &status));
    msgctl(id, IPC_STAT, &status);
    printf("%ld %ld\n", (long) status.msg_qbytes, (long) status.msg_qnum);
    say("full", msgsnd(id, &big, 93, IPC_NOWAIT));
    int removed = msgctl(id, IPC_RMID, NULL);
    ended(child);
    say("remove", removed);
    say("gone", put(id, 1, "x", 0));
}

int main(int argc, char **argv)
{
    const char *part = argc > 1 ? argv[1] : "";
    if (!*part || !strcmp(part, "sem"))
        semaphores();
    if (!*part || !strcmp(part, "msg"))
        queues();
    return 0;
}
