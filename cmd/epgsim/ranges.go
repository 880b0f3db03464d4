package main

import (
	"math/big"
	"regexp"
	"strings"

	"epgsim/sim"
)

// expandRanges puts the values of ranges, LOW:HIGH:STEP with both ends, in
// their place among the values given for a key. Only numbers have ranges.
func expandRanges(key string, values []string) (all []string, err error) {
	for _, value := range values {
		if !strings.Contains(value, ":") || sim.Lookup(key) == nil {
			all = append(all, value)
			continue
		}
		some, err := expandRange(value)
		if err != nil {
			return nil, usagef("--vary %s=%s: %w", key, value, err)
		}
		all = append(all, some...)
	}
	return all, nil
}

var plainDecimal = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,15})?$`)

// expandRange lists the values of one range. They are counted in decimals, as
// people write them: 0:0.3:0.1 has 0.3 in it, and not 0.30000000000000004.
func expandRange(text string) ([]string, error) {
	parts := strings.Split(text, ":")
	var ends [3]*big.Rat // low, high, step
	places := 0          // behind the point, of the longest
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if len(parts) != len(ends) || !plainDecimal.MatchString(part) {
			return nil, usagef("a range is LOW:HIGH:STEP, three numbers such as 8:40:8")
		}
		ends[i], _ = new(big.Rat).SetString(part) // the pattern has made sure of it
		_, behind, _ := strings.Cut(part, ".")
		places = max(places, len(behind))
	}
	low, high, step := ends[0], ends[1], ends[2]
	if step.Sign() <= 0 || high.Cmp(low) < 0 {
		return nil, usagef("a range goes up from LOW to HIGH by a STEP above 0")
	}
	steps := new(big.Rat).Quo(new(big.Rat).Sub(high, low), step)
	whole := new(big.Int).Quo(steps.Num(), steps.Denom())
	at := func(k int64) string {
		v := new(big.Rat).Mul(step, new(big.Rat).SetInt64(k))
		return shortDecimal(v.Add(v, low), places)
	}
	switch {
	case whole.Cmp(big.NewInt(mostVariants)) >= 0:
		return nil, usagef("makes more than %d values, the most that can be compared side by side; take a larger step", mostVariants)
	case !steps.IsInt():
		return nil, usagef("steps of %s from %s do not end at %s; end at %s or at %s", shortDecimal(step, places), shortDecimal(low, places),
			shortDecimal(high, places), at(whole.Int64()), at(whole.Int64()+1))
	}
	var values []string
	for k := range whole.Int64() + 1 {
		values = append(values, at(k))
	}
	return values, nil
}

// shortDecimal writes a number that has so many places at most, without zeros at
// its end.
func shortDecimal(v *big.Rat, places int) string {
	text := v.FloatString(places)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
