package scenario

import "epgsim/scenarios"

// Info is what a list of scenarios shows of one.
type Info struct {
	Name, Title, Description string
	Group                    string     // the part of the list in which it stands: scenarios.Group
	Form                     string     // market, market-customer, …: see Scenario.Form
	Mix                      [3]float64 // weights of market, customer and system opportunities
}

// Shipped describes the shipped scenarios, group by group.
func Shipped() []Info {
	var list []Info
	for _, g := range scenarios.Groups() {
		for _, name := range g.Names {
			s, err := LoadShipped(name)
			if err != nil {
				continue // cannot be: a test loads them all
			}
			list = append(list, Info{s.Name, s.Title, s.Description, g.Title, s.Form(), s.Params.Weights()})
		}
	}
	return list
}

// DesignInfo is what a list of designs shows of one.
type DesignInfo struct {
	Name, Title, Description string
	Method                   Method
	Rows, Replications       int
}

// ShippedDesigns describes the shipped designs: from what people decide to
// what nobody knows.
func ShippedDesigns() []DesignInfo {
	var list []DesignInfo
	for _, d := range all(shippedDesigns(), parseDesign) {
		list = append(list, DesignInfo{d.Name, d.Title, d.Description, d.Method, d.Rows(), d.Replications})
	}
	return list
}
