// pthread N [MICROSECONDS]: N threads that each greet, pause and give their number.
//
// The pause is 100 microseconds if not given; a longer one leaves time to look at the process.
// Threads share one address space, and half an address space cannot move: a process with a second
// thread stays at home. Without a count it prints its usage and exits with status 1.
#include <pthread.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

using namespace std;

// One write per line, so that the lines of two threads do not mix.
static void say(const string &line)
{
    cout << line + "\n" << flush;
}

static useconds_t pause_microseconds = 100;

static void *greet(void *argument)
{
    long number = reinterpret_cast<long>(argument);
    say("Hello from a thread");
    usleep(pause_microseconds);
    ostringstream line;
    line << "I am thread " << number;
    say(line.str());
    return nullptr;
}

int main(int argc, char **argv)
{
    long count = argc == 2 || argc == 3 ? strtol(argv[1], nullptr, 10) : 0;
    if (count < 1) {
        cerr << "usage: pthread N [MICROSECONDS]   (N: how many threads, at least 1)" << endl;
        return 1;
    }
    if (argc == 3)
        pause_microseconds = static_cast<useconds_t>(strtoul(argv[2], nullptr, 10));

    vector<pthread_t> threads;
    for (long i = 0; i < count; i++) {
        pthread_t thread;
        if (pthread_create(&thread, nullptr, greet, reinterpret_cast<void *>(i)) != 0) {
            cerr << "pthread: cannot create thread " << i << endl;
            return 1;
        }
        threads.push_back(thread);
    }
    for (pthread_t thread : threads)
        pthread_join(thread, nullptr);
    say("Goodbye");
    return 0;
}
