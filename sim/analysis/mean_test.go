package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"testing"
)

// sleep is R's data set sleep (Student 1908): extra hours of ten patients
// under two drugs.
var sleep = [2][]float64{
	{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
	{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4},
}

func TestMean(t *testing.T) {
	// R: t.test(mtcars$mpg)
	check(t, "mtcars", Mean(mtcars), Interval{20.09062, 17.91768, 22.26357, 32}, 1e-6)
	check(t, "hand", Mean([]float64{1, 2, 3}), Interval{2, 2 - 4.302652730/math.Sqrt(3), 2 + 4.302652730/math.Sqrt(3), 3}, 1e-8)
	check(t, "none", Mean(nil), Interval{nan, nan, nan, 0})
	check(t, "one", Mean([]float64{nan, 5}), Interval{5, nan, nan, 1})
	check(t, "infinite", Mean([]float64{1, inf}), Interval{inf, nan, nan, 2})
	if got := Mean([]float64{0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}); got != (Interval{0.1, 0.1, 0.1, 10}) {
		t.Errorf("equal values = %v, want them exactly", got)
	}
}

// Bands in data files are the same bytes everywhere: so is the t they are made
// with. Rounded to nine decimals, two of these would differ on arm64.
func TestStudentTIsTheSameEverywhere(t *testing.T) {
	h := sha256.New()
	for df := range 6000 {
		fmt.Fprintln(h, studentT(upper95, df+1))
	}
	const want = "0fa481037351840f77880a7da6c16ad41c0366539011ef2ea89c66f04a3723a8"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("hash of the quantiles is %s, want %s", got, want)
	}
}

func TestDifference(t *testing.T) {
	// R: t.test(sleep1, sleep2, paired = TRUE), as printed in ?sleep.
	check(t, "sleep", Difference(sleep[0], sleep[1]), Interval{-1.58, -2.4598858, -0.7001142, 10}, 1e-7)
	check(t, "missing halves", Difference([]float64{1, nan, 3, 5}, []float64{nan, 2, 1, 3}), Interval{2, 2, 2, 2})
	check(t, "none", Difference(nil, nil), Interval{nan, nan, nan, 0})
	check(t, "equal infinities", Difference([]float64{inf}, []float64{inf}), Interval{nan, nan, nan, 0})
	defer func() {
		if recover() == nil {
			t.Error("unequal lengths did not panic")
		}
	}()
	Difference([]float64{1}, nil)
}

func TestRatioOfMeans(t *testing.T) {
	a, b := []float64{2, 4, 9, 5, 6, 3}, []float64{10, 11, 20, 14, 12, 9}
	got := RatioOfMeans(a, b)
	if !near(got.Estimate, 29.0/76) || got.N != 6 {
		t.Errorf("ratio = %v", got)
	}
	// By definition of Fieller's interval: at its ends, the t test of the mean
	// of a-r*b against zero is exactly at 5 %.
	for _, r := range []float64{got.Low, got.High} {
		scaled := make([]float64, len(b))
		for i := range b {
			scaled[i] = r * b[i]
		}
		d := Difference(a, scaled)
		if math.Min(math.Abs(d.Low), math.Abs(d.High)) > 1e-12 {
			t.Errorf("at ratio %v the difference is %v, want one end at 0", r, d)
		}
	}
	check(t, "proportional", RatioOfMeans([]float64{1, 3, 2, 2}, []float64{2, 6, 4, 4}), Interval{0.5, 0.5, 0.5, 4})
	check(t, "whole not clear of zero", RatioOfMeans([]float64{1, 1, 2}, []float64{-5, 6, 1}), Interval{2, nan, nan, 3})
	check(t, "whole is zero", RatioOfMeans([]float64{1, 2}, []float64{0, 0}), Interval{nan, nan, nan, 2})
	check(t, "one", RatioOfMeans([]float64{1, nan}, []float64{2, 3}), Interval{0.5, nan, nan, 1})
	check(t, "none", RatioOfMeans(nil, nil), Interval{nan, nan, nan, 0})
}

func TestMoreNeeded(t *testing.T) {
	cases := []struct {
		name string
		iv   Interval
		most int
		more int
		ok   bool
	}{
		{"clear", Interval{5, 1, 9, 10}, 1000, 0, true},
		{"clear below zero", Interval{-5, -9, -1, 10}, 1000, 0, true},
		// sd = 6/2.262*sqrt(10) = 8.388; n with (t.975+t.8)*sd/sqrt(n) <= 5 is 25.
		{"not yet", Interval{5, -1, 11, 10}, 1000, 15, true},
		{"not yet, below zero", Interval{-5, -11, 1, 10}, 1000, 15, true},
		// sd = 10/2.262*sqrt(10) = 13.98; about (1.962+0.842)^2*195.4 = 1536 in all, 1526 more.
		{"far", Interval{1, -9, 11, 10}, 10000, 2000, true},
		{"beyond the cap", Interval{1, -9, 11, 10}, 500, 490, false},
		{"no cap in practice", Interval{1e-9, -1, 1, 10}, math.MaxInt, 999_999_990, false},
		{"zero", Interval{0, -1, 1, 10}, 500, 490, false},
		{"all differences zero", Interval{0, 0, 0, 10}, 500, 490, false},
		{"one value", Interval{3, nan, nan, 1}, 500, 499, false},
		{"none", Interval{nan, nan, nan, 0}, 500, 500, false},
		{"already beyond the cap", Interval{5, -1, 11, 10}, 5, 0, false},
		{"infinite end", Interval{5, -inf, inf, 10}, 500, 490, false},
	}
	for _, c := range cases {
		if more, ok := MoreNeeded(c.iv, c.most); more != c.more || ok != c.ok {
			t.Errorf("%s: MoreNeeded(%v, %d) = %d, %t, want %d, %t", c.name, c.iv, c.most, more, ok, c.more, c.ok)
		}
	}
}

func TestHumane(t *testing.T) {
	for n, want := range map[int]int{1: 5, 5: 5, 6: 10, 10: 10, 11: 15, 21: 30, 81: 100, 101: 150, 4001: 5000, 999_999_999: 1_000_000_000} {
		if got := humane(n); got != want {
			t.Errorf("humane(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestNoise(t *testing.T) {
	for _, c := range []struct {
		iv   Interval
		want bool
	}{
		{Interval{1, -1, 3, 9}, true},
		{Interval{1, 0, 2, 9}, true},
		{Interval{1, 0.1, 2, 9}, false},
		{Interval{-1, -2, -0.1, 9}, false},
		{Interval{1, nan, nan, 1}, true},
		{Interval{}, true},
	} {
		if got := Noise(c.iv); got != c.want {
			t.Errorf("Noise(%v) = %t", c.iv, got)
		}
	}
}
