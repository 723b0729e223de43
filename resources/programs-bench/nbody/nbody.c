/* nbody [STEPS]: five bodies under gravity, leapfrog steps: doubles, divisions and square roots. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { BODIES = 5 };

struct body {
    double at[3], speed[3], mass;
};

/* A sun and four planets on near-circular orbits; units in which the constant of gravity is 1. */
static struct body bodies[BODIES] = {
    {{0, 0, 0}, {0, 0, 0}, 1.0},
    {{1.0, 0, 0.01}, {0, 1.0, 0}, 3e-6},
    {{0, 1.5, 0}, {-0.8165, 0, 0.01}, 3e-7},
    {{-5.2, 0, 0.1}, {0, -0.4385, 0}, 9.5e-4},
    {{0, -9.5, 0}, {0.3244, 0, 0.002}, 2.9e-4},
};

static double energy(void)
{
    double total = 0;
    for (int i = 0; i < BODIES; i++) {
        const struct body *b = &bodies[i];
        total += 0.5 * b->mass *
                 (b->speed[0] * b->speed[0] + b->speed[1] * b->speed[1] + b->speed[2] * b->speed[2]);
        for (int k = i + 1; k < BODIES; k++) {
            double x = b->at[0] - bodies[k].at[0], y = b->at[1] - bodies[k].at[1],
                   z = b->at[2] - bodies[k].at[2];
            total -= b->mass * bodies[k].mass / sqrt(x * x + y * y + z * z);
        }
    }
    return total;
}

static void step(double dt)
{
    for (int i = 0; i < BODIES; i++)
        for (int k = i + 1; k < BODIES; k++) {
            struct body *a = &bodies[i], *b = &bodies[k];
            double d[3], square = 0;
            for (int axis = 0; axis < 3; axis++) {
                d[axis] = a->at[axis] - b->at[axis];
                square += d[axis] * d[axis];
            }
            double pull = dt / (square * sqrt(square));
            for (int axis = 0; axis < 3; axis++) {
                a->speed[axis] -= d[axis] * b->mass * pull;
                b->speed[axis] += d[axis] * a->mass * pull;
            }
        }
    for (int i = 0; i < BODIES; i++)
        for (int axis = 0; axis < 3; axis++)
            bodies[i].at[axis] += dt * bodies[i].speed[axis];
}

int main(int argc, char **argv)
{
    uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 0) : 1000;
    double before = energy();
    for (uint64_t i = 0; i < steps; i++)
        step(0.001);
    printf("nbody %llu %.17g %.17g\n", (unsigned long long) steps, before, energy());
    return 0;
}
