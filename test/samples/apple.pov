// Three red apples, seen from above on a wooden table.
#version 3.7;
#declare FILL = 0.6;
#include "kitchen.inc"
Camera(<-0.2, 6.5, -7.0>, <0.05, 0.75, -0.15>, 46, <-0.9, 1.4, -1.4>, 0.24)
Daylight(1.2, srgb <1,0.97,0.93>)
Wall(13, srgb <0.72,0.70,0.64>)
plane { y, 0 Wood(srgb <0.66,0.49,0.33>, srgb <0.36,0.22,0.12>, 3.2) rotate y*70 translate x*1.3 }

#declare Flesh = lathe { cubic_spline 17,
  <-0.10,0.50>, <0.0,0.50>, <0.07,0.60>, <0.17,0.76>, <0.36,0.865>, <0.62,0.82>, <0.87,0.58>, <1.0,0.20>, <0.98,-0.15>,
  <0.86,-0.50>, <0.66,-0.76>, <0.45,-0.895>, <0.30,-0.905>, <0.17,-0.83>, <0.07,-0.76>, <0.0,-0.74>, <-0.1,-0.76> sturm }

// Red streaks run from stem to base over yellow-green.
#declare R2 = function(x,z) { sqrt(x*x+z*z)+0.001 }
#declare Streak = function(x,y,z) {
  0.34*Noise(x/R2(x,z)*9+5.3, y*0.8+2.1, z/R2(x,z)*9+1.7).red + 0.20*Noise(x/R2(x,z)*31+3.1, y*1.9+7.3, z/R2(x,z)*31+9.2).red + 0.70*Noise(x*0.8+3.4, y*0.8+1.3, z*0.8+5.2).red }
#macro Apple(Blush, Turn)
  union {
    object { Flesh
      texture {
        pigment { function { min(0.999, max(0, Streak(x,y,z)+Blush - 0.38*max(0, 1-R2(x,z)*1.9)*(y>0) - 0.2*max(0,-y-0.55))) }
          color_map {
            [0.30 srgb <0.86,0.80,0.38>] [0.42 srgb <0.93,0.72,0.32>] [0.52 srgb <0.88,0.34,0.18>]
            [0.66 srgb <0.76,0.10,0.09>] [0.85 srgb <0.58,0.04,0.07>] [1.00 srgb <0.46,0.02,0.06>] } }
        normal { bumps 0.25 scale 0.5 }
        finish { diffuse 0.8 specular 0.22 roughness 0.035 reflection { 0.0, 0.10 falloff 4 } }
      }
      texture { // lenticels
        pigment { crackle form <1,0,0> color_map { [0 srgbt <0.96,0.86,0.62,0.6>] [0.10 srgbt <0.95,0.8,0.55,0.8>] [0.15 srgbt <0.95,0.8,0.55,1>] [1 srgbt <0.95,0.8,0.55,1>] } scale 0.07 }
        finish { diffuse 0.8 specular 0.2 roughness 0.04 } }
    }
    sphere_sweep { cubic_spline 6,
      <0,0.3,0>,0.05, <0,0.48,0>,0.045, <0.02,0.72,0>,0.035, <0.08,0.95,0.02>,0.036, <0.17,1.10,0.03>,0.055, <0.24,1.2,0.03>,0.06 tolerance 1e-4
      pigment { bozo scale <0.03,0.15,0.03> color_map { [0 srgb <0.25,0.15,0.07>] [1 srgb <0.48,0.33,0.17>] } }
      normal { bumps 0.4 scale 0.03 } finish { diffuse 0.8 } }
    rotate y*Turn
  }
#end

object { Apple(0.12, 40) scale <1.02,1,0.97> rotate <-14,0,7> translate <-1.0, 0.90, -0.9> }
object { Apple(0.06, 150) scale <0.98,0.97,1.0> rotate <-6,0,-10> translate <0.1, 0.88, 0.95> }
object { Apple(0.18, 250) scale 0.94 rotate <-20,0,0> rotate y*-34 translate <1.15, 0.86, -0.9> }
object { Leaf(1.0, 0.5, 0.16, srgb <0.20,0.38,0.10>) rotate <10,25,14> translate <-0.93, 1.75, -0.95> }
