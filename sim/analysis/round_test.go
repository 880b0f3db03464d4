package analysis

import (
	"math"
	"testing"
)

func TestRound(t *testing.T) {
	cases := []struct {
		x, half float64
		group   string
		want    string
	}{
		{1234.6, 87, " ", "1 230"},
		{1234.6, 87, ThinSpace, "1\u202f230"},
		{1234.6, 87, "", "1230"},
		{-1234.6, 87, " ", "\u22121 230"},
		{1234.6, 870, " ", "1 200"},
		{1234.6, 8.7, " ", "1 235"},
		{1234.6, 0.087, " ", "1 235"}, // no more than four digits
		{1234.6, 14, " ", "1 235"},    // two digits of a half-width that begins with 1 or 2
		{35.2, 14.9, " ", "35"},
		{35.2, 29, " ", "35"},
		{35.2, 31, " ", "40"},
		{0.352, 0.1, " ", "0.35"},
		{0.352, 0.0999, " ", "0.35"},
		{14.9, 14.9, " ", "15"},
		{29.96, 29.96, " ", "30"},
		{35.26, 9.96, " ", "35"},
		{0.352, 0.03 - 1e-12, " ", "0.35"}, // what is 0.03 but for the last bit
		{12345678, 10, " ", "12 350 000"},
		{0.12345, 0.02, " ", "0.123"},
		{0.12345, 0.00002, " ", "0.1235"},
		{-0.5, 0.04, " ", "\u22120.50"},
		{3.2, 87, " ", "0"}, // nothing at the half-width's last digit
		{0.04, 2, " ", "0"},
		{-4, 160, " ", "0"},
		{4.6, 40, " ", "0"}, // rounded once, not to 5 first
		{-60, 400, " ", "\u2212100"},
		{0.06, 0.4, " ", "0.1"},
		{0.006, 1, " ", "0"},
		{49, 4000, " ", "0"},
		{9.96, 0.3, " ", "10.0"}, // rounding adds a digit
		{9.9996, 0.0001, " ", "10.00"},
		{99999, 3, " ", "100 000"},
		{1000, 1000, " ", "1 000"},
		{999.9, 1000, " ", "1 000"},
		{0, 5, " ", "0"},
		{math.Copysign(0, -1), 5, " ", "0"},
		{42, 0, " ", "42"}, // exactly known
		{0.25, 0, " ", "0.25"},
		{123456, 0, " ", "123 500"},
		{1234.6, nan, " ", "1 230"}, // width unknown
		{0.012345, inf, " ", "0.0123"},
		{7, -0.5, " ", "7.0"}, // the sign of a width says nothing
		{nan, 1, " ", "n/a"},
		{inf, 1, " ", "∞"},
		{-inf, nan, " ", "\u2212∞"},
		{1.2345e20, 3e17, " ", "1.234e+20"},
		{-1.5e-9, 1e-10, " ", "\u22121.50e-09"},
		{math.SmallestNonzeroFloat64, math.MaxFloat64, " ", "0"},
		{math.MaxFloat64, 0, " ", "1.798e+308"},
	}
	for _, c := range cases {
		if got := Round(c.x, c.half, c.group); got != c.want {
			t.Errorf("Round(%v, %v, %q) = %q, want %q", c.x, c.half, c.group, got, c.want)
		}
	}
}

func TestFormatInterval(t *testing.T) {
	for _, c := range []struct {
		iv                  Interval
		estimate, low, high string
	}{
		{Interval{1234.6, 1147.6, 1321.6, 30}, "1 230", "1 150", "1 320"},
		{Interval{-3.14159, -4, 0.3, 30}, "\u22123.1", "\u22124.0", "0.3"},
		{Interval{5, nan, nan, 1}, "5.00", "n/a", "n/a"},
		{Interval{-0.006, -0.05, 0.04, 30}, "\u22120.01", "\u22120.05", "0.04"},
		{Interval{0.6, -0.004, 100, 30}, "0", "\u22120.004", "100"}, // an end keeps its side
		{Interval{3, 0.2, 100, 30}, "3", "0.2", "100"},              // as does what is sure
		{Interval{12, 8, inf, 9}, "12.0", "8.00", "∞"},
	} {
		estimate, low, high := FormatInterval(c.iv, " ")
		if estimate != c.estimate || low != c.low || high != c.high {
			t.Errorf("FormatInterval(%v) = %q, %q, %q, want %q, %q, %q", c.iv, estimate, low, high, c.estimate, c.low, c.high)
		}
	}
}
