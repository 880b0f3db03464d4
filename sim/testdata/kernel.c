/* The inner part of a week written by hand in C: the same draws, the same
 * arithmetic, the same bits as BenchmarkKernel of bench_test.go. Both print a
 * checksum, which must agree; the times say what Go costs.
 *
 *	cc -O2 -ffp-contract=off -o /tmp/kernel sim/testdata/kernel.c -lm && /tmp/kernel
 *	go test ./sim -run '^$' -bench Kernel
 *
 * Five SMEs. Every week each one's workload moves, each pair chooses what
 * to put into joint work and remembers it, and trust drifts.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { N = 5, MAX = 12, WEEKS = 260, DRAW_WORKLOAD = 6, DRAW_JOINT = 7 };

static uint64_t key;

static void philox(uint64_t c0, uint64_t c1, uint64_t k, uint64_t *a, uint64_t *b) {
	for (int r = 0; r < 10; r++, k += 0x9E3779B97F4A7C15u) {
		unsigned __int128 p = (unsigned __int128)c0 * 0xD2B74407B1CE6E93u;
		c0 = (uint64_t)(p >> 64) ^ (k ^ c1);
		c1 = (uint64_t)p;
	}
	*a = c0, *b = c1;
}

static double unit(uint64_t x) { return ((double)(int64_t)(x >> 12) + 0.5) * 0x1p-52; }

static void pair(uint64_t decision, uint64_t agent, uint64_t serial, double *u, double *v) {
	uint64_t a, b;
	philox(decision << 32 | agent, serial, key, &a, &b);
	*u = unit(a), *v = unit(b);
}

static uint64_t bits(double x) { uint64_t b; memcpy(&b, &x, 8); return b; }
static double from(uint64_t b) { double x; memcpy(&x, &b, 8); return x; }

static double logarithm(double x) {
	const double l1 = 6.666666666666735130e-01, l2 = 3.999999999940941908e-01, l3 = 2.857142874366239149e-01, l4 = 2.222219843214978396e-01,
	             l5 = 1.818357216161805012e-01, l6 = 1.531383769920937332e-01, l7 = 1.479819860511658591e-01;
	const uint64_t mask = (1ull << 52) - 1;
	uint64_t b = bits(x), fraction = b & mask, above = (fraction + mask - (bits(M_SQRT2) & mask)) >> 52;
	double k = (double)((int64_t)((b >> 52) + above) - 1023), f = from(fraction | (1023 - above) << 52) - 1;
	double s = f / (2 + f), z = s * s, w = z * z;
	double t1 = w * (l2 + w * (l4 + w * l6)), t2 = z * (l1 + w * (l3 + w * (l5 + w * l7)));
	double half = 0.5 * f * f;
	return k * 6.93147180369123816490e-01 - ((half - (s * (half + (t1 + t2)) + k * 1.90821492927058770002e-10)) - f);
}

static double exponential(double x) {
	x = fmin(fmax(x, -700), 700);
	double k = floor(x * 1.44269504088896338700e+00 + 0.5);
	double hi = x - k * 6.93147180369123816490e-01, lo = k * 1.90821492927058770002e-10, r = hi - lo, t = r * r;
	double c = r - t * (1.66666666666666657415e-01 + t * (-2.77777777770155933842e-03 + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
	double y = 1 - ((lo - r * c / (2 - c)) - hi);
	return from(bits(y) + ((uint64_t)(int64_t)k << 52));
}

static double ratio(double x, const double *top, const double *bottom) {
	double s = top[0] * x + top[1], t = bottom[0] * x + bottom[1];
	for (int i = 2; i < 8; i++) s = s * x + top[i], t = t * x + bottom[i];
	return s / t;
}

static const double centre[2][8] = {
	{2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608},
	{5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1}};
static const double middle[2][8] = {
	{7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734},
	{1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966, .14810397642748007459, .68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1}};
static const double tail[2][8] = {
	{2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386, .026532189526576123093, .29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772},
	{2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, .0148753612908506148525, .13692988092273580531, .59983220655588793769, 1}};

static double normal(double p) {
	double q = p - 0.5;
	if (q >= -0.425 && q <= 0.425) return q * ratio(0.180625 - q * q, centre[0], centre[1]);
	double r = sqrt(-logarithm(p < 1 - p ? p : 1 - p));
	double x = r <= 5 ? ratio(r - 1.6, middle[0], middle[1]) : ratio(r - 5, tail[0], tail[1]);
	return q < 0 ? -x : x;
}

static double workload[N], available[N], left[N], activity[N], hours[N];
static double good[MAX][MAX], bad[MAX][MAX], trust[MAX][MAX], trusting[N];

static void drawWorkloads(int week) {
	for (int i = 0; i < N; i++) {
		double u, v;
		pair(DRAW_WORKLOAD, i, week, &u, &v);
		double w = 0.4 + 0.9 * (workload[i] - 0.4) + 0.1 * normal(u);
		workload[i] = w < 0 ? 0 : w > 1 ? 1 : w;
		double share = 0.8 * (1 - workload[i]);
		available[i] = 8 * share;
		left[i] = available[i];
		activity[i] += (share - activity[i]) * (1 / 13.0);
		hours[i] += available[i];
	}
}

static double contribution(int i, int j, double u) {
	double pull = 0.8 * trust[i][j] * (0.5 + 2.0 * 0.5 * 0.5);
	double x = 1 / (1 + exponential((0.1 * (1 - 0.5) + 0.4 - pull) / 0.1) * sqrt((1 - u) / u));
	return x < 0.01 ? 0 : x;
}

static void workJointly(int week) {
	for (int i = 0; i < N; i++)
		for (int j = i + 1; j < N; j++) {
			double u, v;
			pair(DRAW_JOINT, i << 8 | j, week, &u, &v);
			double a = contribution(i, j, u), b = contribution(j, i, v), both = b < a ? b : a;
			good[i][j] += 0.3 * both, good[j][i] += 0.3 * both;
			bad[i][j] += 2 * (0.3 * (a - both)), bad[j][i] += 2 * (0.3 * (b - both));
		}
}

static void driftTrust(void) {
	const double keep = 1 - 0.01;
	for (int i = 0; i < N; i++) {
		double sum = 0;
		for (int j = 0; j < N; j++) {
			if (i == j) continue;
			good[i][j] = 2 + keep * (good[i][j] - 2);
			bad[i][j] = 2 + keep * (bad[i][j] - 2);
			trust[i][j] = good[i][j] / (good[i][j] + bad[i][j]);
			sum += trust[i][j];
		}
		trusting[i] = sum / (N - 1);
	}
}

static double run(void) {
	uint64_t unused;
	philox(1, 1, 0, &key, &unused);
	for (int i = 0; i < N; i++) {
		workload[i] = 0.4, activity[i] = 0.8 * (1 - 0.4), hours[i] = 0;
		for (int j = 0; j < N; j++) good[i][j] = bad[i][j] = 2, trust[i][j] = 0.5;
	}
	for (int week = 0; week < WEEKS; week++) {
		drawWorkloads(week);
		workJointly(week);
		driftTrust();
	}
	double sum = 0;
	for (int i = 0; i < N; i++) sum += hours[i] + trusting[i] + activity[i];
	return sum;
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

int main(void) {
	double best = INFINITY, sum = 0;
	for (int r = 0; r < 3000; r++) {
		double start = now();
		sum = run();
		best = fmin(best, (now() - start) / (WEEKS * N));
	}
	printf("%.17g\n%.1f ns/SME-week, the least of 3000 runs\n", sum, best);
}
