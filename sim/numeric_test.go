package sim

import (
	"math"
	"testing"
)

func near(t *testing.T, what string, x, got, want, relative float64) {
	t.Helper()
	if math.Abs(got-want) > relative*math.Abs(want) {
		t.Errorf("%s(%v) = %v, want %v", what, x, got, want)
	}
}

func TestFunctionsAgreeWithTheMathPackage(t *testing.T) {
	for x := -700.0; x <= 700; x += 0.37 {
		near(t, "exp", x, exp(x), math.Exp(x), 4e-16)
	}
	for x := 1e-12; x < 1e12; x *= 1.013 {
		near(t, "log", x, log(x), math.Log(x), 4e-16)
		near(t, "power15", x, power15(x), math.Pow(x, 1.5), 3e-15) // Pow is the less exact of the two
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{{"exp(1e9)", exp(1e9), exp(700)}, {"exp(-1e9)", exp(-1e9), exp(-700)}, {"exp(0)", exp(0), 1}, {"log(1)", log(1), 0}} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.what, c.got, c.want)
		}
	}
}

func TestLogisticIsSymmetricAndBounded(t *testing.T) {
	for x := -900.0; x <= 900; x += 0.7 {
		p := logistic(x)
		if p < 0 || p > 1 || math.Abs(p+logistic(-x)-1) > 1e-15 {
			t.Fatalf("logistic(%v) = %v", x, p)
		}
	}
}

// package has as Erfc.
func TestNormalInvertsTheDistributionFunction(t *testing.T) {
	for _, p := range []float64{1e-300, 1e-20, 1e-10, 1e-5, 0.001, 0.02, 0.0749, 0.0751, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.99, 0.9999} {
		x := normal(p)
		near(t, "Phi(normal)", p, math.Erfc(-x/math.Sqrt2)/2, p, 1e-13)
	}
	near(t, "normal", 0.975, normal(0.975), 1.959963984540054, 1e-15)
	if x := normal(0.5); x != 0 {
		t.Errorf("the median is %v, want 0", x)
	}
}

func BenchmarkNormal(b *testing.B) {
	l, s := newLuck(1, 1), 0.0
	for k := range b.N {
		s += normal(l.one(drawWorkload, 3, k))
	}
	sink = s
}

func BenchmarkExp(b *testing.B) {
	s := 0.0
	for k := range b.N {
		s += exp(float64(k&1023) * 0.01)
	}
	sink = s
}

func TestGeometricGoesFromLowToHighByFactors(t *testing.T) {
	for _, c := range []struct{ low, high, u, want float64 }{
		{1, 100, 0.5, 10}, {0.01, 1, 0.25, math.Pow(10, -1.5)}, {3, 3, 0.7, 3}, {1e-6, 1e6, 0.75, 1e3},
	} {
		near(t, "Geometric", c.u, Geometric(c.low, c.high, c.u), c.want, 1e-14)
	}
	if a, b := Geometric(0.3, 7, 0), Geometric(0.3, 7, 1); a != 0.3 || b != 7 {
		t.Errorf("from 0.3 to 7 the ends are %v and %v", a, b)
	}
}
