package sim

import "math"

// The functions of this file stand in for math.Exp, math.Log and their
// relatives, whose last bits differ between platforms and even between
// processors of one platform. They use only + - * / and bit patterns, each
// product rounded by an explicit conversion where a sum follows (a compiler
// may otherwise fuse the two), so that the same input gives the same bits
// everywhere. exp and log follow FreeBSD's msun (Sun Microsystems 1993).

const (
	ln2Hi = 6.93147180369123816490e-01
	ln2Lo = 1.90821492927058770002e-10
	log2e = 1.44269504088896338700e+00
)

// exp returns e to the power x, within one unit in the last place. Arguments
// beyond ±700 are cut, which is beyond anything the model asks for.
func exp(x float64) float64 {
	x = min(max(x, -700), 700)
	k := math.Floor(float64(x*log2e) + 0.5)
	hi := x - float64(k*ln2Hi)
	lo := float64(k * ln2Lo)
	r := hi - lo
	t := float64(r * r)
	c := expPolynomial(r, t)
	y := 1 - ((lo - float64(r*c)/(2-c)) - hi)
	return math.Float64frombits(math.Float64bits(y) + uint64(int64(k))<<52)
}

// expPolynomial is msun's Remez polynomial for r - r²·P(r²).
func expPolynomial(r, t float64) float64 {
	const (
		p1 = 1.66666666666666657415e-01
		p2 = -2.77777777770155933842e-03
		p3 = 6.61375632143793436117e-05
		p4 = -1.65339022054652515390e-06
		p5 = 4.13813679705723846039e-08
	)
	s := p4 + float64(t*p5)
	s = p3 + float64(t*s)
	s = p2 + float64(t*s)
	s = p1 + float64(t*s)
	return r - float64(t*s)
}

// log returns the natural logarithm of a positive, normal x.
func log(x float64) float64 {
	const (
		l1 = 6.666666666666735130e-01
		l2 = 3.999999999940941908e-01
		l3 = 2.857142874366239149e-01
		l4 = 2.222219843214978396e-01
		l5 = 1.818357216161805012e-01
		l6 = 1.531383769920937332e-01
		l7 = 1.479819860511658591e-01
	)
	const mask = 1<<52 - 1
	b := math.Float64bits(x)
	fraction, root := b&mask, math.Float64bits(math.Sqrt2)&mask
	above := (fraction + mask - root) >> 52 // 1 if the fraction is larger than that of the root, else 0
	e := int64(b>>52+above) - 1023
	m := math.Float64frombits(fraction | (1023-above)<<52) // from 1/√2 to √2
	f := m - 1
	s := f / (2 + f)
	z := float64(s * s)
	w := float64(z * z)
	t1 := l4 + float64(w*l6)
	t1 = float64(w * (l2 + float64(w*t1)))
	t2 := l5 + float64(w*l7)
	t2 = l3 + float64(w*t2)
	t2 = float64(z * (l1 + float64(w*t2)))
	r := t1 + t2
	half := float64(float64(0.5*f) * f)
	k := float64(e)
	return float64(k*ln2Hi) - ((half - (float64(s*(half+r)) + float64(k*ln2Lo))) - f)
}

// logistic returns 1/(1+e^-x).
func logistic(x float64) float64 { return 1 / (1 + exp(-x)) }

// normal turns a uniform draw p from (0,1) into a standard normal one: the
// quantile function of Wichura's algorithm AS 241 (PPND16), good to about one
// part in 10^16.
func normal(p float64) float64 {
	q := p - 0.5
	if q >= -0.425 && q <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * ratio(r, &centreTop, &centreBottom)
	}
	r := math.Sqrt(-log(min(p, 1-p)))
	var x float64
	if r <= 5 {
		x = ratio(r-1.6, &middleTop, &middleBottom)
	} else {
		x = ratio(r-5, &tailTop, &tailBottom)
	}
	const sign = 1 << 63
	return math.Float64frombits(math.Float64bits(x) | math.Float64bits(q)&sign) // x is positive
}

// ratio divides two polynomials of degree 7, highest coefficient first, by
// Horner's rule. The two go side by side because neither waits for the other.
func ratio(x float64, top, bottom *[8]float64) float64 {
	s, t := float64(top[0]*x)+top[1], float64(bottom[0]*x)+bottom[1]
	s, t = float64(s*x)+top[2], float64(t*x)+bottom[2]
	s, t = float64(s*x)+top[3], float64(t*x)+bottom[3]
	s, t = float64(s*x)+top[4], float64(t*x)+bottom[4]
	s, t = float64(s*x)+top[5], float64(t*x)+bottom[5]
	s, t = float64(s*x)+top[6], float64(t*x)+bottom[6]
	return (float64(s*x) + top[7]) / (float64(t*x) + bottom[7])
}

// Coefficients of AS 241, highest power first.
var (
	centreTop = [8]float64{2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
		13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608}
	centreBottom = [8]float64{5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
		5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1}
	middleTop = [8]float64{7.7454501427834140764e-4, .0227238449892691845833, .24178072517745061177, 1.27045825245236838258,
		3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734}
	middleBottom = [8]float64{1.05075007164441684324e-9, 5.475938084995344946e-4, .0151986665636164571966, .14810397642748007459,
		.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1}
	tailTop = [8]float64{2.01033439929228813265e-7, 2.71155556874348757815e-5, .0012426609473880784386, .026532189526576123093,
		.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772}
	tailBottom = [8]float64{2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
		.0148753612908506148525, .13692988092273580531, .59983220655588793769, 1}
)

// clamp returns x limited to [lo, hi].
func clamp(x, lo, hi float64) float64 {
	switch {
	case x < lo:
		return lo
	case x > hi:
		return hi
	}
	return x
}

// least returns the smaller of two numbers. Unlike the built-in min it does not
// look for NaN and signed zeros, which takes several times as long.
func least(a, b float64) float64 {
	if b < a {
		return b
	}
	return a
}

// power15 returns x^1.5 for x >= 0.
func power15(x float64) float64 { return x * math.Sqrt(x) }

// ceil returns the smallest whole number not below x, which must be small and
// finite.
func ceil(x float64) int { return int(math.Ceil(x)) }

// spread returns mean ± width for u from 0 to 1.
func spread(mean, width, u float64) float64 { return mean + float64(width*(float64(2*u)-1)) }

// Normal turns a uniform draw u from (0,1) into a standard normal one, with the same
// bits on every platform.
func Normal(u float64) float64 { return normal(u) }

// Geometric returns the number at share u, 0 to 1, of the way from low to high on
// a logarithmic scale, for 0 < low <= high. It has the same bits on every platform,
// as whatever decides about a run must.
func Geometric(low, high, u float64) float64 {
	switch {
	case u <= 0:
		return low
	case u >= 1:
		return high
	}
	from := log(low)
	return clamp(exp(from+float64(u*(log(high)-from))), low, high)
}
