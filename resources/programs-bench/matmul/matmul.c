/* matmul [COUNT]: multiplies two 64 x 64 matrices of doubles, COUNT times. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 64 };

static double a[N][N], b[N][N], c[N][N];

int main(int argc, char **argv)
{
    uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 0) : 2;

    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            a[i][k] = (i * 7 + k * 3) % 11 / 11.0;
            b[i][k] = (i * 5 + k * 13) % 17 / 17.0;
        }
    for (uint64_t round = 0; round < count; round++) {
        for (int i = 0; i < N; i++)
            for (int k = 0; k < N; k++) {
                double sum = 0;
                for (int j = 0; j < N; j++)
                    sum += a[i][j] * b[j][k];
                c[i][k] = sum;
            }
        for (int i = 0; i < N; i++)
            a[i][round % N] = c[i][(round + 1) % N] / N;
    }
    uint64_t sum = 0;
    for (int i = 0; i < N; i++)
        for (int k = 0; k < N; k++) {
            uint64_t bits;
            memcpy(&bits, &c[i][k], sizeof bits);
            sum = sum * 31 + bits;
        }
    printf("matmul %llu %.12f %016llx\n", (unsigned long long) count, c[N / 2][N / 3],
           (unsigned long long) sum);
    return 0;
}
