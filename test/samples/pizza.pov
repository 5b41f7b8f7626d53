// A pizza with salami, basil and olives on a round wooden board.
#version 3.7;
#declare FILL = 0.45;
#include "kitchen.inc"

Camera(<0.2, 7.2, -7.6>, <0.05, 0.15, -0.25>, 44, <0, 0.5, -1.6>, 0.22)
Daylight(0.95, srgb <1,0.97,0.93>)
plane { y, -0.32 Wood(srgb <0.50,0.40,0.32>, srgb <0.27,0.19,0.14>, 3.6) rotate y*74 translate <0.6,0,0.4> }

#declare R = 3.1;
#declare Wob = function(a) { 1 + 0.035*(Noise(cos(a)*1.6+4, sin(a)*1.6, 2).red-0.5) + 0.02*(Noise(cos(a)*5, sin(a)*5, 6).red-0.5) }
#declare Puff = function(a,q) { 0.80 + 0.55*Noise(cos(a)*3.2, sin(a)*3.2+1, 3+q).red + 0.25*Noise(cos(a)*9, sin(a)*9+q*2, 8).red }
#declare Melt = function(x,z) { 0.17 + 0.16*Noise(x*1.5, 0.5, z*1.5).red + 0.09*Noise(x*4.1, 2.5, z*4.1).red + 0.035*Noise(x*11, 4.5, z*11).red }
#declare CrustTex = texture {
  pigment { function { min(0.999, max(0, 0.17 + y*1.1 + 0.55*(Noise(x*2.3, y*2, z*2.3).red-0.45) + 0.35*(Noise(x*8, y*8, z*8).red-0.5) + 0.25*(Grain(x, y, z).red-0.5))) }
    color_map { [0 srgb <0.93,0.82,0.60>] [0.25 srgb <0.90,0.73,0.45>] [0.48 srgb <0.82,0.56,0.25>] [0.68 srgb <0.68,0.38,0.13>] [0.86 srgb <0.44,0.21,0.08>] [1 srgb <0.20,0.10,0.05>] } }
  normal { average normal_map { [1 bumps 0.4 scale 0.10] [1 granite 0.15 scale 0.4] } }
  finish { diffuse 0.82 specular 0.08 roughness 0.1 } }
#declare SauceTex = texture {
  pigment { bozo scale 0.25 color_map { [0 srgb <0.70,0.14,0.05>] [1 srgb <0.80,0.24,0.08>] } }
  normal { bumps 0.4 scale 0.12 } finish { diffuse 0.8 specular 0.45 roughness 0.02 } }
#declare CheeseTex = texture {
  pigment { function { min(0.999, max(0, 0.08 + 0.50*Noise(x*1.5, 0.5, z*1.5).red + 0.42*Noise(x*3.3+5, 1, z*3.3).red + 0.22*(Noise(x*12, 1, z*12).red-0.5))) }
    color_map { [0.0 srgb <0.78,0.25,0.08>] [0.26 srgb <0.84,0.36,0.12>] [0.36 srgb <0.92,0.60,0.20>] [0.50 srgb <0.96,0.78,0.38>] [0.66 srgb <0.97,0.84,0.50>] [0.74 srgb <0.92,0.68,0.30>] [0.85 srgb <0.76,0.44,0.15>] [0.95 srgb <0.50,0.24,0.08>] } }
  normal { bumps 0.25 scale 0.12 }
  finish { diffuse 0.82 specular 0.42 roughness 0.03 reflection { 0, 0.08 falloff 3 } } }

// Crust, cheese and sauce.
#declare Ang = function(u) { 2*pi*u }
#declare CR = function(u,v) { Wob(Ang(u))*R*(0.895 + 0.105*cos(pi*(1.0-1.25*v))) }
#declare CX = function(u,v) { CR(u,v)*cos(Ang(u)) }
#declare CZ = function(u,v) { CR(u,v)*sin(Ang(u)) }
#declare CYf = function(u,v) { max(0, 0.10 + 0.24*sin(pi*(1.0-1.25*v))*Puff(Ang(u),v)) }
#declare MR = function(u,v) { v*R*(0.81 + 0.035*(Noise(cos(Ang(u))*5, sin(Ang(u))*5, 11).red-0.5)) }
#declare MX = function(u,v) { MR(u,v)*cos(Ang(u)) }
#declare MZ = function(u,v) { MR(u,v)*sin(Ang(u)) }
#declare MY = function(u,v) { Melt(MX(u,v), MZ(u,v)) - 0.22*pow(v,14) }
#declare Base = union {
    object { Surface(CX, CYf, CZ, 160, 24) texture { CrustTex } }
    object { Surface(MX, MY, MZ, 160, 60) texture { CheeseTex } }
    disc { y*0.17, y, R*0.86 texture { SauceTex } }
}

// A slice of salami that lies on the cheese and follows it, its edge curled by the heat.
#macro Salami(A, D, Rad, Seed)
  #local CX0 = D*cos(radians(A)); #local CZ0 = D*sin(radians(A)); #local Mid = Melt(CX0, CZ0);
  #local FX = function(u,v) { CX0 + Rad*v*(1+0.03*sin(6*pi*u+Seed))*cos(2*pi*u) }
  #local FZ = function(u,v) { CZ0 + Rad*v*(1+0.03*cos(4*pi*u+Seed))*sin(2*pi*u) }
  #local FY = function(u,v) { Melt(FX(u,v), FZ(u,v))*0.8 + Mid*0.2 + 0.025 + 0.10*pow(v,4)*(0.55+0.45*sin(4*pi*u+Seed)) - 0.09*pow(max(0,v-0.94)/0.06,2) }
  object { Surface(FX, FY, FZ, 48, 24)
    texture {
      pigment { function { min(0.999, max(0, 0.42 + 0.5*(Noise(x*6, 1, z*6).red-0.5) + 0.50*(Noise(x*19, 1, z*19).red-0.5) - 0.30*pow(min(1,sqrt((x-CX0)*(x-CX0)+(z-CZ0)*(z-CZ0))/Rad),7))) }
        color_map { [0 srgb <0.30,0.05,0.03>] [0.2 srgb <0.50,0.09,0.05>] [0.45 srgb <0.68,0.15,0.08>] [0.6 srgb <0.76,0.23,0.11>] [0.72 srgb <0.86,0.44,0.26>] [0.85 srgb <0.93,0.64,0.44>] } }
      normal { bumps 0.3 scale 0.06 }
      finish { diffuse 0.82 specular 0.28 roughness 0.03 reflection { 0, 0.06 falloff 3 } } } }
#end
#macro At(A, D) <D*cos(radians(A)), Melt(D*cos(radians(A)), D*sin(radians(A))), D*sin(radians(A))> #end
#declare Olive = torus { 0.15, 0.07 pigment { bozo scale 0.2 color_map { [0 srgb <0.07,0.06,0.07>] [1 srgb <0.16,0.12,0.12>] } } finish { diffuse 0.8 specular 0.6 roughness 0.015 reflection { 0.01, 0.15 falloff 3 } } }
#macro Basil(A, D, L, T) object { Leaf(L, L*0.62, 0.10, srgb <0.15,0.40,0.08>) rotate <-3,T,4> translate At(A,D)+y*0.10 } #end

union {
  object { Base }
  #declare I = 0;
  #declare Spots = array[17][2] { {-8,2.02},{28,1.80},{62,2.08},{100,1.92},{136,2.06},{172,1.95},{205,2.05},{240,1.95},{268,2.10},{5,0.98},{75,0.98},{130,0.95},{190,0.90},{252,0.95},{-64,2.02},{-36,1.98},{-55,0.95} }
  #while (I < 17)
    object { Salami(Spots[I][0], Spots[I][1], 0.40+0.03*sin(I*3), I*1.7) }
    #declare I = I+1;
  #end
  #declare OS = array[14][2] { {10,1.5},{47,1.42},{82,1.5},{118,1.46},{154,1.5},{188,1.45},{222,1.5},{45,2.35},{118,2.42},{154,2.4},{222,2.42},{-22,1.45},{-80,1.42},{-50,1.5} }
  #for (I,0,13) object { Olive rotate <12*sin(I*3),0,12*cos(I*5)> translate At(OS[I][0], OS[I][1])+y*0.05 } #end
  Basil(35, 0.55, 0.75, 200) Basil(84, 2.12, 0.80, -20) Basil(188, 2.45, 0.75, 10) Basil(150, 1.2, 0.7, 110) Basil(222, 1.15, 0.72, 40) Basil(10, 2.45, 0.62, 150) Basil(-66, 1.45, 0.66, 70)
}
// the board, cut from the middle of one wide plank
union {
  cylinder { <20,-0.30,0>, <20,-0.06,0>, 3.75 } torus { 3.69, 0.06 translate <20,-0.06,0> } cylinder { <20,-0.06,0>, <20,0,0>, 3.69 }
  Wood(srgb <0.74,0.54,0.34>, srgb <0.52,0.33,0.18>, 40) translate x*-20 rotate y*20 }
