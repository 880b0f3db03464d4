package scenario

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"epgsim/sim"
)

// number writes v in the shortest form that TOML reads back as the same
// number.
func number(v float64) string {
	return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(v, 'g', -1, 64)), "+") // nan, inf and -inf
}

// rounded is a number for a hint.
func rounded(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }

// between writes the range of a parameter with its unit.
func between(q *sim.Parameter) string {
	end := func(v float64) string {
		if q.Type == sim.Whole {
			return strconv.Itoa(int(v))
		}
		return number(v)
	}
	return strings.TrimSpace(end(q.Min) + ".." + end(q.Max) + " " + sim.UnitText(q.Unit))
}

// allowed says in words what values a parameter may have.
func allowed(q *sim.Parameter) string {
	switch q.Type {
	case sim.Switch:
		return "must be true or false"
	case sim.Whole:
		return "must be a whole number within " + between(q)
	}
	return "must be a number within " + between(q)
}

// check turns a TOML value into the value of a parameter. If it may not have
// it, wrong says what it may have.
func check(q *sim.Parameter, v any) (f float64, wrong, hint string) {
	switch v := v.(type) {
	case bool:
		if q.Type != sim.Switch {
			return 0, allowed(q), ""
		}
		if v {
			f = 1
		}
		return f, "", ""
	case int64:
		f = float64(v)
	case float64:
		f = v
	case string:
		return 0, allowed(q), textHint(q, v)
	default:
		return 0, allowed(q), ""
	}
	switch {
	case q.Type == sim.Switch:
		return 0, allowed(q), map[float64]string{0: "write false for 0", 1: "write true for 1"}[f]
	case q.Valid(f):
		return f + 0, "", "" // + 0 makes a plain zero of -0, which TOML has
	case q.Type == sim.Real && !math.IsNaN(f):
		return 0, "must be within " + between(q), unitHint(q, f)
	}
	return 0, allowed(q), unitHint(q, f)
}

// unitHint recognises the usual slips of unit: a percentage for a share, months
// for years, euros for thousands of them.
func unitHint(q *sim.Parameter, f float64) string {
	switch {
	case q.Type != sim.Real:
		return ""
	case sim.UnitText(q.Unit) == "" && q.Max == 1 && f >= 2 && q.Valid(f/100): // 1.4 is no percentage
		return "write " + number(f) + " % as " + rounded(f/100)
	case sim.UnitText(q.Unit) == "years" && f >= 12 && q.Valid(f/12):
		return number(f) + " months are " + rounded(f/12) + " years"
	case strings.HasPrefix(q.Unit, "k€") && f >= 1000 && q.Valid(f/1000):
		return "in k€: " + rounded(f/1000)
	}
	return ""
}

// textHint says how to write what was put in quotes or written the way people
// write it elsewhere.
func textHint(q *sim.Parameter, s string) string {
	s = strings.TrimSpace(s)
	if q.Type == sim.Switch {
		return map[string]string{
			"true": "write true", "yes": "write true", "on": "write true",
			"false": "write false", "no": "write false", "off": "write false",
		}[strings.ToLower(s)]
	}
	if share, ok := map[string]string{"market": "0", "customer": "0.5", "system": "1"}[strings.ToLower(s)]; ok && q.Name == keyFocus {
		return "write " + share
	}
	plain := strings.ReplaceAll(strings.TrimSpace(strings.TrimSuffix(s, "%")), ",", ".")
	f, err := strconv.ParseFloat(plain, 64)
	if strings.HasSuffix(s, "%") {
		f /= 100
	}
	switch {
	case err != nil || !q.Valid(f):
		return ""
	case plain == s:
		return "write " + rounded(f) + ", without quotation marks"
	}
	return "write " + rounded(f)
}

// checkMix turns a TOML value into weights that sum to 1 up to rounding.
func checkMix(v any) (mix [3]float64, wrong, hint string) {
	const want = "must be three weights, of market, customer and system opportunities, that sum to 1"
	list, ok := v.([]any)
	if !ok || len(list) != 3 {
		return mix, want, "for example [0.2, 0.3, 0.5]"
	}
	sum := 0.0
	for i, e := range list {
		switch e := e.(type) {
		case int64:
			mix[i] = float64(e)
		case float64:
			mix[i] = e + 0
		default:
			return mix, want, "for example [0.2, 0.3, 0.5]"
		}
		if !(mix[i] >= 0 && mix[i] <= math.MaxFloat32) { // so written that NaN fails
			return mix, want, "each must be at least 0"
		}
		sum += mix[i]
	}
	if math.Abs(sum-1) > 1e-9 {
		return mix, want, "these sum to " + strconv.FormatFloat(sum, 'g', 11, 64)
	}
	return exact(mix), "", ""
}

// exact makes weights that nearly sum to 1 do so up to rounding, by giving what
// is missing to the largest. Weights that sum to 1 up to rounding stay as they
// are to the last bit, so that a resolved file is read as it was written.
func exact(w [3]float64) [3]float64 {
	const rounding = 1e-15
	if math.Abs(w[0]+w[1]+w[2]-1) <= rounding {
		return w
	}
	largest := slices.Index(w[:], slices.Max(w[:]))
	w[largest] = 0
	w[largest] = 1 - (w[0] + w[1] + w[2])
	return w
}

func mixText(w [3]float64) string {
	return "[" + number(w[0]) + ", " + number(w[1]) + ", " + number(w[2]) + "]"
}
